import { lifecycleSuite } from "../core/lifecycleSuite";
import { mixes, seed } from "./mixes";

describe.each(mixes)(`a cloud with %j (MIX_SEED=${seed})`, (dialects) => lifecycleSuite(dialects));
