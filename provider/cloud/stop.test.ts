import { Stopped } from "./errors";
import { Stop, stoppable, unlessStopped } from "./stop";

const stops = () => {
  const own = new Stop();
  return { own, all: new Stop() };
};
const never = () => new Promise<never>(() => {});

test("a stop ends every wait of its call, also one that begins later, and no other", async () => {
  const [asked, other] = [stops(), stops()];
  const waits = Array.from({ length: 3 }, () => stoppable(asked, () => unlessStopped(never())));
  const others = stoppable(other, () => unlessStopped(new Promise((done) => setTimeout(done, 5, "done"))));
  asked.own.ask("enough");
  for (const wait of [...waits, stoppable(asked, () => unlessStopped(never()))])
    await expect(wait).rejects.toEqual(new Stopped("enough"));
  expect(await others).toBe("done");
});

test("what is known counts, though the call was stopped", async () => {
  const asked = stops();
  asked.own.ask("enough");
  expect(await stoppable(asked, () => unlessStopped(Promise.resolve("known")))).toBe("known");
});

test("a wait that fails, fails as its work does", async () => {
  const failing = stoppable(stops(), () => unlessStopped(Promise.reject(new Error("work"))));
  await expect(failing).rejects.toThrow("work");
});
