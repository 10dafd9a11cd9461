import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { vendorsSdk } from "../../test/clients/vendorsSdk";
import { preparePython } from "../../tools/pythonEnvironment";
import { sdkCommands } from "../commands";
import { bodiesOf } from "../steps";
import type { Place, Prepared, Subject } from "../subject";

const script = resolve(__dirname, "../peers/sdk/tasks.py");

/** A script with the vendor's SDK for Python and 50 threads. */
export const sdkScript: Subject = {
  name: "SDK script, 50 threads",
  async prepare({ emulator, folder }: Place): Promise<Prepared> {
    const python = await preparePython(vendorsSdk("requirements.txt"));
    const { url, projectId, accessKey, secretKey } = emulator;
    const bodies = join(folder, "bodies.json");
    return {
      async take(step, tasks) {
        writeFileSync(bodies, JSON.stringify(bodiesOf(tasks)));
        const known = JSON.stringify({ url, projectId, accessKey, secretKey });
        await python.run(script, [sdkCommands[step], known, bodies, join(folder, "ids.json")]);
      },
    };
  },
};
