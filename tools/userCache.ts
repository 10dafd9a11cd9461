import { homedir } from "node:os";
import { join } from "node:path";

/** Where tests keep what takes long to download or to build. */
export const userCache = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-huaweicloud-workspace");
