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

/** A task of somebody else. */
const daily = {
  task_type: "STOP",
  scheduled_type: "DAY",
  day_interval: 1,
  scheduled_time: "10:00:00",
  time_zone: "UTC",
};
const nothingListed = { scheduled_tasks: [], total_count: 0 };

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
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", nth: 1, when: "before", do: "reset" },
      { operation: "ListScheduledTasks", nth: 2, when: "before", do: { delayMs: 500 } },
    ]);
    const deploying = failure(deploymentOf(week));
    while ((await cloud.counts()).CreateScheduledTasks === undefined);
    const id = await cloud.make({ ...daily, task_name: "task" });
    expect(await deploying).toContain(
      `create ScheduledTask "task": the answer was lost, and a task with this name but other fields has appeared since: ${id}. ` +
        `If it is this one, take it over with adoptTaskId: "${id}"; if it is somebody else's, give this one another taskName, then run \`pulumi up\` again.`,
    );
    expect((await cloud.tasks()).map((task) => task.id)).toEqual([id]);
  });

  test("is looked for twice, since a list may lag", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", nth: 1, when: "after", do: "reset" },
      { operation: "ListScheduledTasks", nth: 2, when: "before", do: { status: 200, body: nothingListed } },
    ]);
    const deployment = await deploymentOf(week);
    expect((await cloud.tasks()).map(({ id }) => id)).toEqual([deployment.id]);
    expect(await cloud.counts()).toMatchObject({ CreateScheduledTasks: 1 });
  });

  test("is not taken for another one that had the same name before, nor for one that is another resource's", async () => {
    const before = await cloud.make({ ...daily, task_name: "task" });
    const project = freshProject(cloud);
    const first = await deploymentOf(week, project);
    await cloud.control("PUT", "faults", [{ operation: "CreateScheduledTasks", nth: 1, when: "after", do: "reset" }]);
    const second = await deploymentOf(week, project);
    expect(new Set([before, first.id, second.id]).size).toBe(3);
    expect(await cloud.tasks()).toHaveLength(3);
  });

  test("is sent again when only tasks of before have its name", async () => {
    await cloud.make({ ...daily, task_name: "task" });
    await fault("CreateScheduledTasks", { do: "reset" });
    await deploymentOf(week);
    expect(await cloud.tasks()).toHaveLength(2);
  });

  test("is sent again when the task that appeared has gone since", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", nth: 1, when: "after", do: "reset" },
      {
        operation: "ShowScheduledTasks",
        nth: 1,
        when: "before",
        do: { status: 404, body: { error_code: "WKS.00170404", error_msg: "The scheduled task does not exist" } },
      },
    ]);
    await deploymentOf(week);
    expect(await cloud.counts()).toMatchObject({ CreateScheduledTasks: 2 });
  });

  test("is sent five times at most", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "CreateScheduledTasks", every: 1, when: "before", do: "reset" },
    ]);
    expect(await failure(deploymentOf(week))).toContain('create ScheduledTask "task": no answer');
    expect(await cloud.counts()).toMatchObject({ CreateScheduledTasks: 5 });
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
    const messages: string[] = [];
    expect(await failure(deploymentOf(week, freshProject(cloud, messages)))).toContain(
      'create ScheduledTask "task": no answer',
    );
    expect(await cloud.tasks()).toHaveLength(1);
    expect(messages).toContainEqual(
      expect.stringMatching(
        /^task: a lost answer cannot be made good, nor a task that is there already be seen: .*403 WKS\.0403/,
      ),
    );
  });

  const refusal = { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } };
  const looks = [
    ["the list is refused", { operation: "ListScheduledTasks", nth: 2, do: refusal }],
    ["the list may not be read", { operation: "ListScheduledTasks", nth: 2, do: { ...refusal, status: 403 } }],
    ["the detail of the task is refused", { operation: "ShowScheduledTasks", nth: 1, do: refusal }],
  ] as const;

  test.each(looks)(
    "is not sent again when the look for it fails, and the next run finds it: %s",
    async (_name, look) => {
      for (const inputs of [week, { ...week, enable: false }]) {
        await cloud.reset();
        await cloud.control("PUT", "faults", [
          { operation: "CreateScheduledTasks", nth: 1, when: "after", do: "reset" },
          { ...look, when: "before" },
        ]);
        expect(await failure(deploymentOf(inputs))).toMatch(
          /create ScheduledTask "task": the answer was lost, and the look for the task failed: (list|read) .* WKS\.0001 "no".* It may have been created: run `pulumi up` again/,
        );
        expect(await cloud.counts()).toMatchObject({ CreateScheduledTasks: 1 });
        const { id } = await deploymentOf(inputs, freshProject(cloud, [], { onExisting: "adopt" }));
        expect((await cloud.tasks()).map((task) => task.id)).toEqual([id]);
      }
    },
  );

  test("a list that fails otherwise stops it before the POST", async () => {
    await fault("ListScheduledTasks", { do: { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } } });
    expect(await failure(deploymentOf(week))).toContain("400 WKS.0001");
    expect(await cloud.tasks()).toEqual([]);
  });
});

describe("a task that is there already, exactly as declared", () => {
  test("stops the creation before the POST, with every id and the ways out", async () => {
    const { id } = await deploymentOf(week);
    await cloud.newRequests();
    const said = await failure(deploymentOf(week));
    expect(said).toContain(`not sent, for a task with this name and exactly these fields is there already: ${id}.`);
    expect(said).toContain("HUAWEICLOUD_WORKSPACE_ON_EXISTING=adopt");
    expect(writes(await cloud.newRequests())).toEqual([]);
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("names every one of several", async () => {
    await cloud.control("PUT", "faults", [
      { operation: "ListScheduledTasks", every: 1, do: { status: 200, body: nothingListed } },
    ]);
    const ids = [(await deploymentOf(week)).id, (await deploymentOf(week)).id];
    await cloud.control("PUT", "faults", []);
    expect(await failure(deploymentOf(week))).toContain(
      `create ScheduledTask "task": not sent, for 2 tasks with this name and exactly these fields are there already: ${ids.join(", ")}. ` +
        `A run that was killed may have left it, or it belongs to somebody else. Ways out:
  - take it over: HUAWEICLOUD_WORKSPACE_ON_EXISTING=adopt pulumi up, or adoptTaskId: "${ids[0]}"
  - keep both: give this one another taskName
  - it is not needed: delete it in the console`,
    );
  });

  test("does not stop it when this run has deleted it, or when it has gone since it was listed", async () => {
    const { id = "" } = await deploymentOf(week);
    await deploymentOf(week, freshProject(cloud, [], { gone: new Set([id]) }));
    expect(await cloud.tasks()).toHaveLength(2);
    const body = { error_code: "WKS.00170404", error_msg: "The scheduled task does not exist" };
    for (const status of [404, 400]) {
      await cloud.reset();
      await deploymentOf(week);
      await cloud.control("PUT", "faults", [
        { operation: "ShowScheduledTasks", nth: 1, when: "before", do: { status, body } },
        { operation: "ListScheduledTasks", nth: 2, when: "before", do: { status: 200, body: nothingListed } },
      ]);
      await deploymentOf(week);
      expect(await cloud.tasks()).toHaveLength(2);
    }
  });

  test("stops it when the look at it is refused and the list still shows it", async () => {
    await deploymentOf(week);
    await fault("ShowScheduledTasks", { do: { status: 400, body: { error_code: "WKS.0001", error_msg: "no" } } });
    expect(await failure(deploymentOf(week))).toContain('400 WKS.0001 "no"');
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("stops it when it may not be looked at", async () => {
    await deploymentOf(week);
    await fault("ShowScheduledTasks", { do: { status: 403, body: { error_code: "WKS.0403", error_msg: "denied" } } });
    expect(await failure(deploymentOf(week))).toContain("403 WKS.0403");
    expect(await cloud.tasks()).toHaveLength(1);
  });

  test("ours is preferred to another one, and what was taken over is told", async () => {
    const theirs = (await deploymentOf(week)).id;
    const ours = (await deploymentOf(week, freshProject(cloud, [], { owner: "acme", gone: new Set([theirs ?? ""]) })))
      .id;
    for (const [id, settings, mark] of [
      [ours, { owner: "acme", onExisting: "adopt" }, " and carries the owner's mark"],
      [theirs, { onExisting: "adopt", held: new Map([[ours ?? "", "another"]]) }, ""],
    ] as const) {
      const messages: string[] = [];
      expect((await deploymentOf(week, freshProject(cloud, messages, settings))).id).toBe(id);
      expect(messages).toEqual([`task: takes over the task ${id}, which is exactly as declared${mark}.`]);
    }
    expect(await cloud.tasks()).toHaveLength(2);
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

  test("is no twin when it was declared otherwise since, which is told of one with the owner's mark alone", async () => {
    const owned = { owner: "acme/prod" };
    const left = (await deploymentOf(week, freshProject(cloud, [], owned))).id ?? "";
    const messages: string[] = [];
    const edited = { ...week, scheduledTime: "04:05" };
    await deploymentOf(edited, freshProject(cloud, messages, owned));
    expect(await cloud.tasks()).toHaveLength(2);
    expect(messages).toEqual([
      `task: another one is created beside ${left}, with the same name, the owner's mark and other fields. If a run that was killed left it, delete it in the console, or both run.`,
    ]);
    const ids = (await cloud.tasks()).map(({ id }) => id);
    const others = ["04:06", "04:07"].map((scheduledTime) => ({ ...week, scheduledTime }));
    await deploymentOf(others[0] ?? week, freshProject(cloud, messages));
    await deploymentOf(
      others[1] ?? week,
      freshProject(cloud, messages, { ...owned, held: new Map(ids.map((id) => [id, "x"])) }),
    );
    expect(messages).toHaveLength(1);
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
