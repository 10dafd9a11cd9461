import { create } from "../provider/scheduledTask/create";
import { bareMs, emptied, inFlight, inputsOf, mostInFlight, newProject, timed } from "./creates";
import { startEmulator } from "./emulatorProcess";
import { median, spread } from "./median";

const tasks = 500;
const latencyMs = 20;
const warmUps = 5;
const runs = 15;

/** How creates are begun: all at once, so that the provider itself holds back requests, or so many at a time. */
const begun = { "all begun at once": tasks, [`${inFlight} begun at a time`]: inFlight };

/** Creates in process, against a bare undici loop that sends the same bodies: the floor of the same run. */
export async function clientBench(): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  const floors: number[] = [];
  const times: { [how: string]: number[] } = {};
  let most = 0;
  try {
    for (let run = 0; run < warmUps + runs; run++) {
      const floor = await bareMs(emulator, tasks);
      await emptied(emulator);
      if (run >= warmUps) floors.push(floor);
      for (const [how, workers] of Object.entries(begun)) {
        const project = newProject(emulator);
        const ms = await timed(tasks, workers, (index) => create(project, inputsOf(index)));
        most = Math.max(most, await mostInFlight(emulator));
        await emptied(emulator);
        if (run >= warmUps) times[how] = [...(times[how] ?? []), ms];
      }
    }
  } finally {
    await emulator.close();
  }
  const ratios = (all: readonly number[]) => all.map((ms, run) => ms / (floors[run] ?? 0));
  console.log(`client: ${tasks} creates, ${latencyMs} ms a request, at most ${most} in flight, median of ${runs} runs
  bare undici loop      ${median(floors).toFixed(0)} ms`);
  for (const [how, all] of Object.entries(times))
    console.log(`  ${how.padEnd(20)}  ${median(all).toFixed(0)} ms, ${spread(ratios(all))} times the bare loop`);
}
