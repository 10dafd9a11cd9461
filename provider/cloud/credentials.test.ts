import { type Credentials, type Lease, Renewing } from "./credentials";

const minuteMs = 60_000;
const token = (name: string): Credentials => ({ token: name });

/** A source on a clock that stands, whose leases last an hour. */
function renewing(fail?: () => Error | undefined) {
  let now = 0;
  let fetched = 0;
  const fetch = async (): Promise<Lease> => {
    fetched++;
    const error = fail?.();
    if (error) throw error;
    return { credentials: token(`t${fetched}`), endsAt: now + 60 * minuteMs };
  };
  return {
    source: new Renewing(fetch, () => now),
    pass: (ms: number) => {
      now += ms;
    },
    fetched: () => fetched,
  };
}

test("credentials are fetched when they are first needed, once for all that ask", async () => {
  const { source, fetched } = renewing();
  expect(fetched()).toBe(0);
  expect(await Promise.all([source.current(), source.current()])).toEqual([token("t1"), token("t1")]);
  expect([source.current(), fetched()]).toEqual([token("t1"), 1]);
});

test("they are renewed five minutes before they end", async () => {
  const { source, pass } = renewing();
  await source.current();
  pass(55 * minuteMs - 1);
  expect(source.current()).toEqual(token("t1"));
  pass(1);
  expect(await source.current()).toEqual(token("t2"));
});

test("refused ones are replaced once, for all whom it struck", async () => {
  const { source, pass, fetched } = renewing();
  const old = await source.current();
  pass(2 * minuteMs);
  expect(await Promise.all([source.insteadOf(old), source.insteadOf(old)])).toEqual([token("t2"), token("t2")]);
  expect(await source.insteadOf(old)).toEqual(token("t2"));
  expect(fetched()).toBe(2);
});

test("those that replaced refused ones and are refused at once are not replaced", async () => {
  const { source, pass, fetched } = renewing();
  const replacement = await source.insteadOf(await source.current());
  expect(await source.insteadOf(replacement ?? token(""))).toBeUndefined();
  pass(minuteMs);
  expect(await source.insteadOf(replacement ?? token(""))).toEqual(token("t3"));
  expect(fetched()).toBe(3);
});

test("a failure is told to all that wait, and the next request fetches again", async () => {
  let broken = true;
  const { source } = renewing(() => (broken ? new Error("down") : undefined));
  await expect(Promise.all([source.current(), source.current()])).rejects.toThrow("down");
  broken = false;
  expect(await source.current()).toEqual(token("t2"));
});
