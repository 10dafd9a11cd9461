import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { taskOf } from "../../provider/scheduledTask/examples.fixture";
import { scheduledTypes } from "../../provider/scheduledTask/fields";
import { type Cloud, startCloud, writes } from "../emulated";
import { createTasksStack, type Front, programOf, type Tasks, tasksWith } from "./tasks";

/**
 * Programs, states and clouds as earlier versions left them. Each version adds its own before its release, with
 * `npm run record`, and nobody edits one.
 */
const recordings = resolve(__dirname, "../upgrade");
const { version } = JSON.parse(readFileSync(resolve(__dirname, "../../package.json"), "utf8")) as { version: string };
const fronts: readonly Front[] = ["dynamic", "plugin", "fleet", "pluginFleet"];

/** Stands in a recorded state for the address of the emulator, whose port is another one each time. */
const anyAddress = "http://127.0.0.1:1";
const addresses = /^http:\/\/127\.0\.0\.1:\d+/;

/** Drops from a state where the program lay. */
function withoutPlaces(key: string, value: unknown): unknown {
  if (key === "sourcePosition" || key === "stackTrace") return undefined;
  return typeof value === "string" ? value.replace(addresses, anyAddress) : value;
}

/** Each field in each spelling that a program may choose, and what is kept besides: secrets, fields that were cleared. */
const before: Tasks = {
  ...tasksWith((_, inputs) => inputs),
  ...Object.fromEntries(
    scheduledTypes.map((type) => [`all-of-${type}`, { args: { ...taskOf(type), taskName: undefined } }]),
  ),
  spelled: {
    args: {
      taskType: "REBOOT",
      scheduledType: "WEEK",
      weekList: [6, "2", "WED"],
      scheduledTime: "9:05",
      timeZone: "UTC",
      extraParams: '{"b": 1, "a": [true]}',
      applyObjects: [
        { objectType: "DESKTOP", objectId: "z" },
        { objectType: "DESKTOP", objectId: "a" },
      ],
    },
  },
  secretive: {
    args: {
      ...taskOf("WEEK"),
      taskName: undefined,
      description: { secret: "a secret text" },
      extraParams: { notify_message: { secret: "another secret text" } },
    },
  },
  "switched-off": { args: { ...taskOf("DAY"), taskName: undefined, enable: false } },
  cleared: { args: { ...taskOf("WEEK"), taskName: undefined } },
};
const after: Tasks = {
  ...before,
  cleared: {
    args: { taskType: "STOP", scheduledType: "WEEK", weekList: ["MON"], scheduledTime: "19:30", timeZone: "Etc/UTC" },
  },
};

const stackOf = (front: Front, cloud: Cloud, program: string) =>
  createTasksStack(cloud, { program, options: { refresh: "always" } }, front);

async function withCloud(dataFile: string, use: (cloud: Cloud) => Promise<void>): Promise<void> {
  const cloud = await startCloud({ requireSignature: true, dataFile });
  try {
    await use(cloud);
  } finally {
    await cloud.stop();
  }
}

async function record(front: Front, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await withCloud(join(folder, "cloud.json"), async (cloud) => {
    const program = programOf(front);
    const stack = await stackOf(front, cloud, program);
    try {
      for (const tasks of [before, after]) {
        stack.declare(tasks);
        expect(await stack.up()).toMatchObject({ code: 0 });
      }
      const { stdout } = await stack.run(["stack", "export"]);
      writeFileSync(join(folder, "state.json"), JSON.stringify(JSON.parse(stdout, withoutPlaces), undefined, 1));
      writeFileSync(join(folder, "index.js"), program);
      copyFileSync(join(stack.folder, "tasks.json"), join(folder, "tasks.json"));
    } finally {
      stack.cleanup();
    }
  });
}

/** Takes over what an earlier version left, and expects that this one has nothing to do. */
async function takeOver(front: Front, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "upgrade-"));
  const dataFile = join(work, "cloud.json");
  copyFileSync(join(folder, "cloud.json"), dataFile);
  await withCloud(dataFile, async (cloud) => {
    const stack = await stackOf(front, cloud, readFileSync(join(folder, "index.js"), "utf8"));
    try {
      copyFileSync(join(folder, "tasks.json"), join(stack.folder, "tasks.json"));
      const state = join(work, "state.json");
      writeFileSync(state, readFileSync(join(folder, "state.json"), "utf8").replaceAll(anyAddress, cloud.emulator.url));
      expect(await stack.run(["stack", "import", "--file", state])).toMatchObject({ code: 0 });
      const live = await cloud.tasks();
      for (const refresh of ["--refresh=false", "--refresh"]) {
        const { code, output } = await stack.preview(["--diff", refresh, "--expect-no-changes"]);
        if (code !== 0) throw new Error(output);
      }
      expect(await stack.up()).toMatchObject({ code: 0 });
      expect(writes(await cloud.newRequests())).toEqual([]);
      expect(await cloud.tasks()).toEqual(live);
    } finally {
      stack.cleanup();
    }
  }).finally(() => rmSync(work, { recursive: true, force: true }));
}

const foldersOf = (recorded: string): string[] => (existsSync(recorded) ? readdirSync(recorded) : []);

if (process.env.RECORD) {
  test.each(fronts)(`records what ${version} leaves behind: %s`, (front) =>
    record(front, join(recordings, version, front)),
  );
} else {
  const rows = foldersOf(recordings).flatMap((recorded) => fronts.map((front) => [recorded, front] as const));

  test("this version has its recording", () => expect(foldersOf(recordings)).toContain(version));

  test.each(rows)("takes over without a change what %s left behind: %s", (recorded, front) =>
    takeOver(front, join(recordings, recorded, front)),
  );
}
