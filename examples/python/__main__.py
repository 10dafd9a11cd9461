from pulumi_huaweicloud_workspace import ScheduledTask, ScheduledTaskFleet

ZONE = "Asia/Shanghai"
SALES = {"object_type": "DESKTOP_POOL", "object_id": "pool-sales"}

ScheduledTask(
    "evening-stop",
    task_type="STOP",
    scheduled_type="WEEK",
    week_list=["MON", "FRI"],
    scheduled_time="19:30",
    time_zone=ZONE,
    apply_objects=[SALES],
)

ScheduledTask(
    "vendor-example",
    task_name="Test task",
    task_type="REBOOT",
    scheduled_type="FIXED_TIME",
    scheduled_date="2032-12-23",
    scheduled_time="09:00:00",
    time_zone=ZONE,
    expire_time="2032-12-31 09:00:00",
    description="A description.",
    extra_params={"notify_message": "Test"},
    apply_objects=[{"object_type": "DESKTOP", "object_id": "2b31e-d520xxxx-xxebedb6-e57xxxxxx"}],
)

ScheduledTask(
    "monthly-patch",
    task_type="EXECUTE_SCRIPT",
    scheduled_type="MONTH",
    month_list=list(range(1, 13)),
    date_list=["1"],
    scheduled_time="02:00",
    time_zone=ZONE,
    gray_count=5,
    gray_fail_threshold=2,
    apply_objects=[{"object_type": "DESKTOP_TAG", "object_id": "tag-windows"}],
)

ScheduledTask(
    "hibernate-when-left",
    task_type="HIBERNATE",
    scheduled_type="LIFE_CYCLE",
    life_cycle_type="POST_DESKTOP_DISCONNECTED",
    wait_time=30,
    priority=10,
    apply_objects=[SALES],
)

ScheduledTask(
    "nightly-snapshot",
    task_type="CREATE_SNAPSHOT",
    scheduled_type="DAY",
    day_interval=1,
    scheduled_time="03:00",
    time_zone=ZONE,
    enable=False,
    apply_objects=[SALES],
)

# One resource for many tasks: each pool starts before its own people come, and what all tasks share stands there once.
HOURS = {"sales": "08:00", "support": "06:30", "factory": "05:15"}
ScheduledTaskFleet(
    "morning-starts",
    task_type="START",
    scheduled_type="DAY",
    day_interval=1,
    time_zone=ZONE,
    tasks={
        f"start-{pool}": {
            "scheduled_time": hour,
            "apply_objects": [{"object_type": "DESKTOP_POOL", "object_id": f"pool-{pool}"}],
        }
        for pool, hour in HOURS.items()
    },
)
