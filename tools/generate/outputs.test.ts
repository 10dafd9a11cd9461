import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outputs } from "./outputs";

test.each(Object.entries(outputs))("%s is what the field table says", (path, content) => {
  expect(content()).toBe(readFileSync(join(__dirname, "../..", path), "utf8"));
});
