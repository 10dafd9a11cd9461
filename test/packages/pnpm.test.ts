import { packagesSuite } from "./suite";

packagesSuite("pnpm");
