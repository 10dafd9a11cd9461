import { type Dialects, dialects } from "../../emulator/dialects";
import { lifecycleSuite } from "../core/lifecycleSuite";

const others = Object.entries(dialects).flatMap(([name, [, ...values]]) =>
  values.map((value): Partial<Dialects> => ({ [name]: value })),
);

describe.each(others)("a cloud with %j", (dialect) => lifecycleSuite(dialect));
