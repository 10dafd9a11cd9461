import { resolve } from "node:path";
import { createStack } from "./stack";

test("the engine finds nothing to say about schema.json", async () => {
  const stack = await createStack({ program: "" });
  try {
    const { code, output } = await stack.run(["schema", "check", resolve(__dirname, "../../schema.json")]);
    expect([code, output]).toEqual([0, ""]);
  } finally {
    stack.cleanup();
  }
});
