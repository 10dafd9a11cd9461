import { lifecycleSuite } from "./lifecycleSuite";

/** Clouds that decide every open question against the provider, in seconds; `npm run test:dialects` tries each answer. */
describe.each([
  {
    clear: "ignored",
    verb: "refused",
    order: "sorted",
    missing: "400",
    times: "zoned",
    born: "disabled",
    bare: "refused",
    foreign: "stored",
  },
  { omitted: "resets", targets: "add", times: "short", born: "disabled", foreign: "refused" },
] as const)("on a cloud with %j", (dialects) => lifecycleSuite(dialects));
