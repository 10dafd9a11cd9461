import { type Cloud, startCloud, writes } from "../emulated";
import { createStack, type Stack } from "./stack";

const program = (body: string) => `
const { ScheduledTask, weekly } = require("pulumi-huaweicloud-workspace");
new ScheduledTask("evening-stop", {
  taskType: "STOP",
  ...weekly({ on: ["MON", "FRI"], at: "19:30", timeZone: "Asia/Shanghai" }),
  applyObjects: [{ objectType: "DESKTOP_POOL", objectId: "pool-sales" }],
  ${body}
});
`;

let cloud: Cloud;
let stack: Stack;

beforeAll(async () => {
  cloud = await startCloud({ requireSignature: true });
  stack = await createStack({ program: program(""), config: cloud.config, secrets: cloud.secrets });
});
afterAll(async () => {
  stack.cleanup();
  await cloud.stop();
});

test("main path", async () => {
  console.log((await stack.preview(["--diff"])).output);
  console.log((await stack.up()).output);
  console.log(JSON.stringify(await cloud.newRequests(), null, 1));
  console.log(JSON.stringify(await cloud.tasks()));
  console.log((await stack.preview(["--refresh", "--expect-no-changes"])).output);
  console.log(JSON.stringify(await stack.resources()));
  stack.setProgram(program("enable: false"));
  console.log((await stack.up(["--refresh", "--diff"])).output);
  console.log(JSON.stringify(writes(await cloud.newRequests())));
  const [task] = await cloud.tasks();
  await cloud.edit(task?.id ?? "", {
    enable: true,
    week_list: "2,3,6",
    apply_objects: [{ object_id: "x", object_type: "DESKTOP" }],
    expire_time: "2030-01-01 00:00:00",
  });
  console.log((await stack.preview(["--refresh", "--diff"])).output);
  console.log((await stack.up(["--refresh"])).output);
  console.log(JSON.stringify(writes(await cloud.newRequests())));
  console.log((await stack.destroy()).output);
  console.log(JSON.stringify(await cloud.tasks()));
});
