import fc from "fast-check";
import { defaultDialects } from "../../emulator/dialects";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { pair, task } from "../core/arbitraries";
import { freshProject } from "../core/deployment";
import { Deployment } from "../core/fronts";
import { type Cloud, startCloud } from "../emulated";
import { mixes, seed, singles } from "./mixes";

/** Tasks and pairs for each cloud; `npm run test:dialects` asks for 1,000. */
const count = Number(process.env.LAW_RUNS ?? 30);
const atOnce = 25;

jest.setTimeout(600_000);

async function inBatches<T>(items: readonly T[], step: (item: T, index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce)
    await Promise.all(items.slice(start, start + atOnce).map((item, offset) => step(item, start + offset)));
}

describe.each([{}, ...singles, ...mixes])(`a cloud with %j (MIX_SEED=${seed})`, (dialects) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ dialects });
  });
  afterAll(() => cloud.stop());
  beforeEach(() => cloud.reset());

  const later = () =>
    new Promise((resolve) => setTimeout(resolve, { ...defaultDialects, ...dialects }.lag === "none" ? 0 : 1_100));
  const named = (inputs: Inputs, index: number): Inputs => ({ ...inputs, taskName: `${inputs.taskName} ${index}` });
  /** What differs from the declarations in a refresh of all, by one process. */
  const differences = async (deployments: readonly Deployment[], declared: readonly Inputs[]) => {
    await later();
    const project = freshProject(cloud);
    const found: unknown[] = [];
    await inBatches(deployments, async (deployment, index) => {
      const inputs = declared[index] ?? {};
      const names = await deployment.preview(inputs, project);
      if (names.length > 0) found.push({ names, inputs, state: deployment.state });
    });
    return found;
  };

  test(`${count} random tasks are created and read without a difference`, async () => {
    const declared = fc.sample(task, { numRuns: count, seed }).map(named);
    const project = freshProject(cloud);
    const deployments = declared.map(() => new Deployment(cloud));
    await inBatches(
      deployments,
      async (deployment, index) => void (await deployment.up(declared[index] ?? {}, project)),
    );
    expect(await differences(deployments, declared)).toEqual([]);
  });

  test(`${count} random pairs converge after one update`, async () => {
    const pairs = fc.sample(pair, { numRuns: count, seed: seed + 1 });
    const [from, to] = [pairs.map(([first]) => first).map(named), pairs.map(([, second]) => second).map(named)];
    const deployments = pairs.map(() => new Deployment(cloud));
    const first = freshProject(cloud);
    await inBatches(deployments, async (deployment, index) => void (await deployment.up(from[index] ?? {}, first)));
    await later();
    const second = freshProject(cloud);
    await inBatches(deployments, async (deployment, index) => void (await deployment.up(to[index] ?? {}, second)));
    expect(await differences(deployments, to)).toEqual([]);
  });
});
