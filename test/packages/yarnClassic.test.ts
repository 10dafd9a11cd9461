import { packagesSuite } from "./suite";

packagesSuite("yarn classic");
