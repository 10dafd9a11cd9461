"""The next runs of schedules by dateutil: one JSON object a line, answered by one JSON list of runs.

A run is [seconds since 1970, what the clock does]: "gap" where it skips the time, "overlap" where the time comes twice.
"""

import json
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

from dateutil import rrule, tz

# The package's data, whatever the system has.
zoneinfo.reset_tzpath(to=())

WEEKDAYS = dict(SUN=rrule.SU, MON=rrule.MO, TUE=rrule.TU, WED=rrule.WE, THU=rrule.TH, FRI=rrule.FR, SAT=rrule.SA)


def occurrences(schedule, start):
    """Clock times on which the schedule falls, from `start` on."""
    hour, minute, second = map(int, schedule["scheduledTime"].split(":"))
    rule = dict(dtstart=start, byhour=hour, byminute=minute, bysecond=second)
    if schedule["scheduledType"] == "FIXED_TIME":
        date = datetime.strptime(schedule["scheduledDate"], "%Y-%m-%d")
        return rrule.rrule(rrule.DAILY, **{**rule, "dtstart": date}, count=1)
    if schedule["scheduledType"] == "WEEK":
        return rrule.rrule(rrule.WEEKLY, byweekday=[WEEKDAYS[day] for day in schedule["weekList"]], **rule)
    days = [-1 if date == "L" else int(date) for date in schedule["dateList"]]
    # Some sets never occur; eight years is the longest wait for a 29 February.
    end = start.replace(year=start.year + 9 * schedule["count"], day=1)
    return rrule.rrule(rrule.MONTHLY, bymonth=schedule["monthList"], bymonthday=days, until=end, **rule)


def located(clock, zone):
    """The instant at which a zone shows a clock time, and what the clock does then."""
    local = clock.replace(tzinfo=zone)
    if not tz.datetime_exists(local):
        return tz.resolve_imaginary(local).timestamp(), "gap"
    return local.timestamp(), "overlap" if tz.datetime_ambiguous(local) else ""


def next_runs(schedule):
    zone = zoneinfo.ZoneInfo(schedule["timeZone"])
    after = schedule["after"]
    here = datetime.fromtimestamp(after, timezone.utc).astimezone(zone).replace(tzinfo=None)
    expiry = schedule.get("expireTime")
    last = located(datetime.strptime(expiry, "%Y-%m-%d %H:%M:%S"), zone)[0] if expiry else float("inf")
    runs = []
    for clock in occurrences(schedule, here.replace(microsecond=0) - timedelta(days=2)):
        at, does = located(clock, zone)
        if at > last or len(runs) == schedule["count"]:
            break
        if at > after:
            runs.append([at, does])
    return runs


for line in sys.stdin:
    print(json.dumps(next_runs(json.loads(line))))
