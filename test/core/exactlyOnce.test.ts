import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import type { Inputs } from "../../provider/scheduledTask/fields";
import { type Cloud, startCloud, writes } from "../emulated";
import { freshProject } from "./deployment";
import { Deployment } from "./fronts";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const week = taskOf("WEEK");
const named = (taskName: string, inputs: Inputs = week): Inputs => ({ ...inputs, taskName });
const fault = (operation: string, fields: object) =>
  cloud.control("PUT", "faults", [{ operation, times: 1, nth: 1, when: "before", ...fields }]);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const failure = (promise: Promise<unknown>) => promise.then(() => "it succeeded", messageOf);
const deploymentOf = async (inputs: Inputs, project?: Parameters<Deployment["up"]>[1]) => {
  const deployment = new Deployment(cloud);
  await deployment.up(inputs, project);
  return deployment;
};

describe("a POST whose answer is lost", () => {
  const answers = [
    ["reset after processing", { when: "after", do: "reset" }],
    ["reset before processing", { when: "before", do: "reset" }],
    [
      "a 502 with an HTML body after processing",
      { when: "after", do: { status: 502, body: "<html>bad gateway</html>" } },
    ],
    [
      "a 500 before processing",
      { when: "before", do: { status: 500, body: { error_code: "WKS.500", error_msg: "no" } } },
    ],
    ["a truncated answer", { do: "truncate" }],
    ["an empty answer", { when: "after", do: { status: 200, body: "" } }],
  ] as const;

  test.each(answers)("%s: one task, in one run", async (_name, fields) => {
    for (const inputs of [week, { ...week, enable: false }, taskOf("LIFE_CYCLE"), taskOf("MONTH")]) {
      await cloud.reset();
      await fault("CreateScheduledTasks", fields);
      const deployment = await deploymentOf(inputs);
      expect((await cloud.tasks()).map(({ id }) => id)).toEqual([deployment.id]);
      expect(await deployment.preview(inputs)).toEqual([]);
    }
  });

  test("20 tasks, the answer of every third POST lost: 20 tasks, one run", async () => {
    await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", every: 3, when: "after", do: "reset" }]);
    const project = freshProject(cloud);
    const deployments = await Promise.all(
      Array.from({ length: 20 }, (_, index) => deploymentOf(named(`task ${index}`), project)),
    );
    expect((await cloud.tasks()).map(({ id }) => id).sort()).toEqual(deployments.map(({ id }) => id ?? "").sort());
  });

  test("two equal declarations are two tasks, even when both answers are lost", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", every: 1, times: 2, when: "after", do: "reset" },
    ]);
    const project = freshProject(cloud);
    const pair = await Promise.all([deploymentOf(week, project), deploymentOf(week, project)]);
    expect((await cloud.tasks()).map(({ id }) => id).sort()).toEqual(pair.map(({ id }) => id ?? "").sort());
  });

  test("a task of the same name and other fields that appeared meanwhile stops it, with the id and the ways out", async () => {
    await fault("CreateScheduledTasks", { when: "before", do: { delayMs: 200 } });
    const deploying = failure(deploymentOf(week));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const id = await cloud.make({
      task_name: "task",
      task_type: "STOP",
      scheduled_type: "DAY",
      day_interval: 1,
      scheduled_time: "10:00:00",
      time_zone: "UTC",
    });
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", nth: 1, times: 9, when: "before", do: "reset" },
    ]);
    const said = await deploying;
    if (said === "it succeeded") return;
    expect(said).toContain(id);
    expect(said).toContain("adoptTaskId");
  });

  test("is not sent again when the tasks may not be listed", async () => {
    await cloud.control("PUT", "faults", [
      {
        operation: "ListScheduledTasks",
        every: 1,
        when: "before",
        do: { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } },
      },
      { operation: "CreateScheduledTasks", nth: 1, times: 1, when: "after", do: "reset" },
    ]);
    expect(await failure(deploymentOf(week))).toContain('create ScheduledTask "task": no answer');
    expect(await cloud.tasks()).toHaveLength(1);
  });
});

describe("a task that is there already, exactly as declared", () => {
  test("stops the creation before the POST, with every id and the ways out", async () => {
    const { id } = await deploymentOf(week);
    await cloud.newRequests();
    const said = await failure(deploymentOf(week));
    expect(said).toContain(`is there already: ${id}.`);
    expect(said).toContain("HUAWEICLOUD_WORKSPACE_ON_EXISTING=adopt");
    expect(writes(await cloud.newRequests())).toEqual([]);
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("stops only when the creations beside it are done, for the engine would begin no more of them", async () => {
    await deploymentOf(named("stops"));
    const project = freshProject(cloud);
    const order: string[] = [];
    await fault("CreateScheduledTasks", { do: { delayMs: 2_500 } });
    await Promise.all([
      failure(deploymentOf(named("stops"), project)).then(() => order.push("stopped")),
      deploymentOf(named("goes on"), project).then(() => order.push("created")),
    ]);
    expect(order).toEqual(["created", "stopped"]);
  });

  test.each([
    ["as created", week],
    ["disabled, and killed between POST and PUT", { ...week, enable: false }],
    ["gray, and killed between POST and PUT", taskOf("MONTH")],
    ["with a priority, and killed between POST and PUT", taskOf("LIFE_CYCLE")],
  ])("is taken over with onExisting adopt: %s", async (_name, inputs) => {
    await cloud.control("PUT", "faults", [
      {
        operation: "UpdateScheduledTasks",
        every: 1,
        when: "before",
        do: { status: 400, body: { error_code: "WKS.1", error_msg: "killed" } },
      },
    ]);
    await deploymentOf(inputs).catch(() => undefined);
    await cloud.control("PUT", "faults", []);
    const [orphan] = await cloud.tasks();
    const deployment = await deploymentOf(inputs, freshProject(cloud, [], { onExisting: "adopt" }));
    expect(deployment.id).toBe(orphan?.id);
    expect(await cloud.tasks()).toHaveLength(1);
    expect(await deployment.preview(inputs)).toEqual([]);
    if (inputs.grayCount !== undefined) expect(await cloud.tasks()).toMatchObject([{ is_gray: true }]);
  });

  test("is taken over without asking when it carries the owner's mark, and the mark is no part of the description", async () => {
    const owned = { owner: "acme/prod" };
    const { description: _, ...plain } = week;
    for (const inputs of [week, plain]) {
      await cloud.reset();
      const orphan = await deploymentOf(inputs, freshProject(cloud, [], owned));
      expect(await cloud.tasks()).toMatchObject([
        { description: inputs === week ? "after work [acme/prod]" : "[acme/prod]" },
      ]);
      await cloud.newRequests();
      const deployment = await deploymentOf(inputs, freshProject(cloud, [], owned));
      expect(deployment.id).toBe(orphan.id);
      expect(writes(await cloud.newRequests())).toEqual([]);
      expect(await deployment.preview(inputs, freshProject(cloud, [], owned))).toEqual([]);
      await deployment.up({ ...inputs, description: "new" }, freshProject(cloud, [], owned));
      expect(await cloud.tasks()).toMatchObject([{ description: "new [acme/prod]" }]);
    }
  });

  test("with another field is no twin, and neither is one that only resembles the name", async () => {
    await deploymentOf(named("task 2"));
    await deploymentOf({ ...week, description: "other" });
    await deploymentOf(week);
    expect(await cloud.tasks()).toHaveLength(3);
  });
});

describe("a held id", () => {
  test("is not taken by a second resource, and not deleted under the first", async () => {
    const project = freshProject(cloud, [], { onExisting: "adopt" });
    const orphan = await deploymentOf(week);
    const renamed = await deploymentOf(week, project);
    const second = await deploymentOf(week, project);
    expect(renamed.id).toBe(orphan.id);
    expect(second.id).not.toBe(orphan.id);
    await orphan.destroy(project);
    expect(await cloud.tasks()).toHaveLength(2);
  });
});

describe("the guard before a PUT", () => {
  const changed = { ...week, description: "new" };
  const foreign = async (project: Parameters<Deployment["up"]>[1]) => {
    const deployment = await deploymentOf(week);
    await cloud.edit(deployment.id ?? "", { scheduled_time: "01:00:00" });
    await cloud.newRequests();
    return { deployment, run: () => deployment.upUnrefreshed(changed, project) };
  };

  test("warn: names what somebody else changed and sends only its own", async () => {
    const messages: string[] = [];
    const { run } = await foreign(freshProject(cloud, messages));
    await run();
    expect(messages).toEqual([
      'task: changed elsewhere since the last run: scheduledTime is "01:00:00", last known "19:30:00". Only what the program changes is sent.',
    ]);
    expect(writes(await cloud.newRequests()).map(({ body }) => body)).toEqual([{ description: "new" }]);
    expect(await cloud.tasks()).toMatchObject([{ scheduled_time: "01:00:00", description: "new" }]);
  });

  test("fail: stops before anything is sent", async () => {
    const { run } = await foreign(freshProject(cloud, [], { onConflict: "fail" }));
    expect(await failure(run())).toContain(
      'not sent. changed elsewhere since the last run: scheduledTime is "01:00:00"',
    );
    expect(writes(await cloud.newRequests())).toEqual([]);
  });

  test("overwrite: says nothing", async () => {
    const messages: string[] = [];
    const { run } = await foreign(freshProject(cloud, messages, { onConflict: "overwrite" }));
    await run();
    expect(messages).toEqual([]);
  });
});
