import { principals } from "../../emulator/identity";
import { isAlone, type Step, stepNames, steps } from "./steps";
import { createWorld, expectFailed, expectOk, type World, type WorldSettings } from "./world";

interface Stopping {
  readonly fault: string;
  readonly settings?: WorldSettings;
  /** What the emulator does to requests of the step's operation. */
  readonly strike?: object;
  /** Faults of other operations. */
  readonly others?: readonly object[];
  /** Stack config of the run that fails. */
  readonly config?: { readonly [name: string]: string };
  /** What the failure says. */
  readonly says: (operation: string) => RegExp;
  /** Steps that it does not stop. */
  readonly passes?: readonly Step[];
}

const denied = { error_code: "WKS.0403", error_msg: "Policy doesn't allow it", encoded_authorization_message: "XYZ" };
const broken = { error_code: "WKS.500", error_msg: "broken" };

/** Faults that end a run; the next one does the rest. */
const kinds: readonly Stopping[] = [
  {
    fault: "401 in mid-run",
    strike: { do: { status: 401, body: { error_code: "APIGW.0301", error_msg: "Incorrect IAM information" } } },
    says: () => /401 APIGW\.0301 .*Check the access keys/,
  },
  {
    fault: "403 with an encoded message",
    strike: { do: { status: 403, body: denied } },
    says: (operation) => new RegExp(`403 WKS\\.0403 .*workspace:scheduledTasks:${actions[operation]}`),
    passes: ["list"],
  },
  {
    fault: "503 for longer than it is repeated",
    strike: { do: { status: 503, body: broken } },
    says: () => /503 WKS\.500 "broken".* The service failed/,
  },
  {
    fault: "the token ends in mid-run while IAM is down",
    settings: {
      credentials: {
        HW_USER_NAME: principals.userName,
        HW_PASSWORD: principals.password,
        HW_DOMAIN_NAME: principals.domainName,
      },
    },
    strike: { do: { status: 401, body: { error_code: "APIGW.0307", error_msg: "The token must be updated" } } },
    // The first log-in of the run is answered.
    others: [
      { operation: "KeystoneCreateUserTokenByPassword", nth: 2, times: 1_000, do: { status: 503, body: broken } },
    ],
    says: () => /not sent\. log in to IAM as user .*503 WKS\.500 "broken".* The service failed/,
  },
  {
    fault: "DNS failure",
    config: { endpoint: "https://workspace.invalid" },
    says: () => /no answer from https:\/\/workspace\.invalid: (ENOTFOUND|EAI_AGAIN)\. Check the network/,
  },
];
const actions: { readonly [operation: string]: string } = {
  CreateScheduledTasks: "create",
  ShowScheduledTasks: "get",
  ListScheduledTasks: "list",
  UpdateScheduledTasks: "update",
  DeleteScheduledTasks: "delete",
  // What the error shows is that of the last try, by single deletions.
  BatchDeleteScheduledTasks: "delete",
};

describe.each(kinds)("$fault", ({ fault, settings, strike, others = [], config, says, passes = [] }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(settings);
    world.grow(6);
    await world.expectNextUp();
  });
  afterAll(() => world.end());

  test.each(stepNames)(`%s | ${fault} | the run stops and says so, the next one ends it`, async (step) => {
    const { operation, act } = steps[step];
    // Where there are several requests the first is answered.
    const nth = isAlone(step) ? 1 : 2;
    // What a batch-delete leaves is deleted singly.
    const struck = [...new Set([operation, ...(step === "delete" ? ["DeleteScheduledTasks"] : [])])];
    if (strike)
      await world.strike(...struck.map((one) => ({ operation: one, nth, times: 1_000, ...strike })), ...others);
    if (config) await world.configure(config);
    const outcome = await act(world, 4);
    await world.strike();
    if (config) {
      await world.configure(world.cloud.config);
      // The engine refreshes with the stack config that the last run has left in the state.
      expectOk(await world.stack.up(["--refresh=false"]));
    }
    if (passes.includes(step)) expectOk(outcome);
    else expectFailed(outcome, says(operation));
    await world.expectNextUp();
    if (step === stepNames.at(-1)) await world.expectEnd();
  });
});
