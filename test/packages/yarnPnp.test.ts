import { packagesSuite } from "./suite";

packagesSuite("yarn with PnP");
