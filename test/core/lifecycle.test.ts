import { lifecycleSuite } from "./lifecycleSuite";

lifecycleSuite();
