import { packagesSuite } from "./suite";

packagesSuite("npm");
