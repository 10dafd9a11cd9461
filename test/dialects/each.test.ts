import { lifecycleSuite } from "../core/lifecycleSuite";
import { singles } from "./mixes";

describe.each(singles)("a cloud with %j", (dialect) => lifecycleSuite(dialect));
