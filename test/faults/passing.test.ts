import { isAlone, type Step, stepNames, steps } from "./steps";
import { createWorld, expectOk, type World } from "./world";

const broken = { error_code: "WKS.500", error_msg: "broken" };
const slow = { error_code: "APIGW.0308", error_msg: "slow down" };
/** Long enough that a run has started by then. */
const inSixSeconds = () => new Date(Date.now() + 6_000).toUTCString();
const wrongType: { readonly [S in Step]: unknown } = {
  create: { task_id: { is: "no text" } },
  read: { id: 42, task_name: ["no", "text"] },
  list: { total_count: "many", scheduled_tasks: { is: "no list" } },
  update: ["no object"],
  delete: ["no object"],
};

/** Faults after which the same run goes on. */
const kinds: { readonly [fault: string]: (step: Step) => object } = {
  "reset before processing": () => ({ when: "before", do: "reset" }),
  "reset after processing": () => ({ when: "after", do: "reset" }),
  "500 before processing": () => ({ when: "before", do: { status: 500, body: broken } }),
  "500 after processing": () => ({ when: "after", do: { status: 500, body: broken } }),
  "503 before processing": () => ({ when: "before", do: { status: 503, body: broken } }),
  "502 with an HTML body": () => ({ when: "after", do: { status: 502, body: "<html>bad gateway</html>" } }),
  "429 with seconds": () => ({ do: { status: 429, headers: { "Retry-After": 1 }, body: slow } }),
  "429 with a date": () => ({ do: { status: 429, headers: { "Retry-After": inSixSeconds() }, body: slow } }),
  "429 without a header": () => ({ do: { status: 429, body: slow } }),
  "slow body": () => ({ do: { bodyMs: 1_000 } }),
  "truncated JSON": () => ({ do: "truncate" }),
  "wrong type": (step) => ({ when: "after", do: { status: 200, body: wrongType[step] } }),
  "empty body": () => ({ when: "after", do: { status: 200, body: "" } }),
};
const faults = Object.keys(kinds);

let world: World;
beforeAll(async () => {
  world = await createWorld({ latencyMs: 5 });
});
afterAll(() => world.end());

/**
 * One run in which each of these faults strikes one request.
 *
 * @param apart how many requests lie between two that are struck, and one more
 * @returns the run, and what each fault has struck
 */
async function runOf(step: Step, struck: readonly string[], apart: number) {
  const { operation, act } = steps[step];
  const nthOf = (fault: string) => apart * struck.indexOf(fault) + 1;
  await world.cloud.newRequests();
  await world.strike(...struck.map((fault) => ({ operation, nth: nthOf(fault), times: 1, ...kinds[fault]?.(step) })));
  const outcome = await act(world, 2 * faults.length);
  const asked = (await world.cloud.newRequests()).filter((request) => request.operation === operation);
  await world.strike();
  expectOk(outcome);
  await world.expectExact();
  return { struckBy: (fault: string) => asked[nthOf(fault) - 1] };
}

describe.each(stepNames.filter((step) => !isAlone(step)))("%s |", (step) => {
  let run: Awaited<ReturnType<typeof runOf>>;
  beforeAll(async () => {
    run = await runOf(step, faults, 2);
  });

  test.each(faults)(`${step} | %s | done in the same run, once`, async (fault) => {
    const { body, path } = run.struckBy(fault) ?? {};
    const name = Object(body).task_name;
    const about = (await world.cloud.tasks()).filter(({ id, task_name }) =>
      step === "create" ? task_name === name : path?.endsWith(`/${id}`),
    );
    expect(path).toBeDefined();
    expect(about).toHaveLength(step === "delete" ? 0 : 1);
  });

  // While there are tasks.
  if (step === "read")
    describe.each(stepNames.filter(isAlone))("%s |", (alone) => {
      test.each(faults)(`${alone} | %s | done in the same run, once`, async (fault) => {
        if (alone === "delete") await grown();
        expect((await runOf(alone, [fault], 1)).struckBy(fault)).toBeDefined();
      });
    });
});

/** A run deletes as many tasks as it is to be struck often; so many are there again. */
async function grown(): Promise<void> {
  world.grow(2 * faults.length);
  await world.expectNextUp();
}

test("end | all of them | exactly what is declared", () => world.expectEnd());
