import { packagesSuite } from "./suite";

packagesSuite("bun");
