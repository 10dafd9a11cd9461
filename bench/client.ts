import { create } from "../provider/scheduledTask/create";
import { bareMs, emptied, inFlight, inputsOf, newProject, timed } from "./creates";
import { startEmulator } from "./emulatorProcess";
import { median, spread } from "./median";

const tasks = 500;
const latencyMs = 20;
const warmUps = 5;
const runs = 15;

/** Creates in process, against a bare undici loop that sends the same bodies: the floor of the same run. */
export async function clientBench(): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  try {
    const times: { floor: number; provider: number }[] = [];
    for (let run = 0; run < warmUps + runs; run++) {
      const floor = await bareMs(emulator, tasks);
      await emptied(emulator);
      const project = newProject(emulator);
      const provider = await timed(tasks, inFlight, (index) => create(project, inputsOf(index)));
      await emptied(emulator);
      if (run >= warmUps) times.push({ floor, provider });
    }
    console.log(`client: ${tasks} creates, ${latencyMs} ms each, ${inFlight} in flight, median of ${runs} runs
  bare undici loop  ${median(times.map(({ floor }) => floor)).toFixed(0)} ms
  provider          ${median(times.map(({ provider }) => provider)).toFixed(0)} ms
  ratio             ${spread(times.map(({ floor, provider }) => provider / floor))}`);
  } finally {
    await emulator.close();
  }
}
