import { Throttled } from "./errors";
import { Pace } from "./pace";
import { type Pacing, retried } from "./retry";

/** A clock that jumps to the next sleeper when nobody else can run. */
class VirtualClock implements Pacing {
  private time = 0;
  private readonly sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.time;
  }
  random(): number {
    return 1;
  }
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ at: this.time + ms, wake }));
  }
  /** Runs until the work is done, time passing only while all wait. */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const settled = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      const next = this.sleepers.sort((a, b) => a.at - b.at).shift();
      if (next === undefined) continue;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    await settled;
  }
}

const attempt = { what: "read", operation: "ShowScheduledTasks" };
const requestMs = 20;

/** An API that answers so many calls in a window, counted from its first call, and refuses more. */
function limited(clock: Pacing, calls: number, windowMs: number, namesTime = true) {
  let startedAt = 0;
  let used = 0;
  const seen = { succeeded: 0, refused: 0, inFlight: 0, mostInFlight: 0 };
  const send = async (): Promise<void> => {
    seen.inFlight++;
    seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
    await clock.sleep(requestMs);
    seen.inFlight--;
    if (clock.now() >= startedAt + windowMs) {
      startedAt = clock.now();
      used = 0;
    }
    if (used++ < calls) {
      seen.succeeded++;
      return;
    }
    seen.refused++;
    const answer = { status: 429, code: "APIGW.0308", message: "over ratelimit" };
    throw new Throttled(attempt, answer, namesTime ? startedAt + windowMs - clock.now() : undefined);
  };
  return { send, seen };
}

async function refresh(count: number, calls: number, windowMs: number) {
  const clock = new VirtualClock();
  const { send, seen } = limited(clock, calls, windowMs);
  const pace = new Pace(clock);
  const mayRepeat = (error: unknown) => error instanceof Throttled;
  const told: string[] = [];
  const one = () =>
    retried(
      () => pace.run("last", send),
      mayRepeat,
      clock,
      (message) => told.push(message),
    );
  await clock.run(Promise.all(Array.from({ length: count }, one)));
  return { seconds: clock.now() / 1000, seen, told };
}

test.each([
  [200, 300],
  [5, 1],
])("1,000 requests under a limit of %i in %i s end within 5%% of the shortest time", async (calls, windowSeconds) => {
  const { seconds, seen } = await refresh(1_000, calls, windowSeconds * 1000);
  const shortest = (Math.ceil(1_000 / calls) - 1) * windowSeconds;
  expect(seen.succeeded).toBe(1_000);
  expect(seconds).toBeGreaterThanOrEqual(shortest);
  expect(seconds).toBeLessThanOrEqual(shortest * 1.05);
});

test("a limit that makes thousands of requests wait for hours loses none of them", async () => {
  const { seconds, seen } = await refresh(5_000, 100, 300_000);
  expect(seen.succeeded).toBe(5_000);
  expect(seconds).toBeGreaterThan(4 * 3_600);
  expect(seconds).toBeLessThanOrEqual((5_000 / 100 - 1) * 300 * 1.05);
});

test("a 429 that asks for more than an hour is not waited for", async () => {
  const clock = new VirtualClock();
  let sent = 0;
  const refuse = async () => {
    sent++;
    throw new Throttled(attempt, { status: 429, code: "x", message: "y" }, 3_600_001);
  };
  await expect(
    retried(
      refuse,
      () => true,
      clock,
      () => {},
    ),
  ).rejects.toThrow("429");
  expect([sent, clock.now()]).toEqual([1, 0]);
});

test("without a limit 50 requests are in flight, and none is refused", async () => {
  const { seconds, seen } = await refresh(500, Number.POSITIVE_INFINITY, 1000);
  expect([seen.mostInFlight, seen.refused]).toEqual([50, 0]);
  expect(seconds).toBeCloseTo((500 / 50) * (requestMs / 1000));
});

test("a long wait is told, a short one is not", async () => {
  expect((await refresh(300, 200, 300_000)).told[0]).toMatch(/^waiting \d+ s: read: 429 APIGW.0308/);
  expect((await refresh(20, 10, 1000)).told).toEqual([]);
});

test("one overload halves the number in flight once, whatever the number of refusals", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  const refuse = async () => {
    await clock.sleep(requestMs);
    throw new Throttled(attempt, { status: 429, code: "x", message: "y" }, 1000);
  };
  await clock.run(Promise.allSettled(Array.from({ length: 50 }, () => pace.run("last", refuse))));
  const { send, seen } = limited(clock, Number.POSITIVE_INFINITY, 1);
  await clock.run(Promise.all(Array.from({ length: 25 }, () => pace.run("last", send))));
  expect(seen.mostInFlight).toBe(25);
});

test("a read goes before the writes that wait", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  const ended: string[] = [];
  const request = (name: string) => async () => {
    await clock.sleep(requestMs);
    ended.push(name);
  };
  const writes = Array.from({ length: 120 }, () => pace.run("last", request("write")));
  await clock.run(Promise.all([...writes, pace.run("first", request("read"))]));
  expect(ended.indexOf("read")).toBeGreaterThanOrEqual(50);
  expect(ended.indexOf("read")).toBeLessThan(100);
});

test("who leaves while it waits out a 429 lets the next one send", async () => {
  const clock = new VirtualClock();
  let leaves = false;
  const pacing = {
    now: () => clock.now(),
    random: () => 0,
    sleep: async (ms: number) => {
      await clock.sleep(ms);
      if (leaves) throw new Error("stopped");
    },
  };
  const pace = new Pace(pacing);
  const refuse = async () => {
    await clock.sleep(requestMs);
    throw new Throttled(attempt, { status: 429, code: "x", message: "y" }, 1_000);
  };
  const first = Array.from({ length: 50 }, () => pace.run("last", refuse));
  // Each refused request wakes one of these, and they wait until the time that the 429 names.
  const leaving = Array.from({ length: 50 }, () => pace.run("last", async () => {}));
  const staying = pace.run("last", async () => "sent");
  leaves = true;
  await clock.run(Promise.allSettled([...first, ...leaving]));
  leaves = false;
  await clock.run(staying);
  expect(await staying).toBe("sent");
});
