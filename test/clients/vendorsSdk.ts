import { join } from "node:path";

/** A script that uses the vendor's SDK, or the requirements.txt that names it. */
export const vendorsSdk = (file: string): string => join(__dirname, "python", file);
