import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Settings } from "./configuration";
import { Misconfigured } from "./errors";
import { jsonObject, type Wire } from "./http";
import { objectIn } from "./iamApi";

/**
 * What a profile of the vendor's CLI says, as settings; undefined when nobody named a file and there is none.
 *
 * @see SharedConfig and Profile in huaweicloud/config/auth.go of the Terraform provider, which reads the same file
 */
export function readProfile({ sharedConfigFile, profile }: Settings): Settings | undefined {
  const file = (sharedConfigFile ?? "~/.hcloud/config.json").replace(/^~(?=[/\\])/, homedir());
  try {
    return settingsOfProfile(readFileSync(file, "utf8"), file, profile);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" && sharedConfigFile === undefined && profile === undefined) return undefined;
    throw new Misconfigured(`${where(file)}: the file cannot be read (${code}). ${otherWays}`, { cause: error });
  }
}

/** The fields of a profile that are credentials or say where to use them; an encrypted file is refused. */
function settingsOfProfile(text: string, file: string, wanted?: string): Settings {
  const shared = jsonObject(text);
  if (shared === undefined) throw new Misconfigured(`${where(file)}: the file is no JSON object. ${otherWays}`);
  const name = wanted ?? shared.current;
  const profiles = (Array.isArray(shared.profiles) ? shared.profiles : []).map(objectIn);
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined)
    throw new Misconfigured(
      `${where(file)}: there is no profile "${name}"; there are ${profiles.map((one) => `"${one.name}"`).join(", ") || "none"}. Name one with HW_PROFILE or huaweicloud-workspace:profile.`,
    );
  // Who logs in through IAM Identity Center has the keys one level down.
  const keys = profile.mode === "SSO" ? objectIn(objectIn(profile.ssoAuth).stsToken) : profile;
  if (isEncrypted(shared, keys))
    throw new Misconfigured(
      `${where(file)}: the file is encrypted, which only the CLI can read. Run \`hcloud configure set --cli-auth-encrypt=false\`, or: ${otherWays}`,
    );
  const given: Settings = {
    ...field("accessKey", keys.accessKeyId),
    ...field("secretKey", keys.secretAccessKey),
    ...field("securityToken", keys.securityToken),
    ...field("region", profile.region),
    ...field("projectId", profile.projectId),
    ...field("assumeRoleAgencyName", profile.agencyName),
    ...field("assumeRoleDomainId", profile.agencyDomainId),
    ...field("assumeRoleDomainName", profile.agencyDomainName),
  };
  if (given.accessKey === undefined || given.secretKey === undefined)
    throw new Misconfigured(`${where(file)}: profile "${name}" holds no access key pair. ${otherWays}`);
  return given;
}

/**
 * `authEncrypt` is "true" in an encrypted file. Older versions of the CLI encrypt without saying so: then the access key,
 * letters and digits otherwise, is none.
 */
const isEncrypted = ({ authEncrypt }: Wire, { accessKeyId }: Wire): boolean =>
  String(authEncrypt) === "true" || /[^\w-]/.test(String(accessKeyId ?? ""));

const field = (name: keyof Settings, value: unknown): Settings =>
  typeof value === "string" && value !== "" ? { [name]: value } : {};

const where = (file: string): string => `Shared configuration file "${file}"`;

const otherWays = "Give credentials by HW_ACCESS_KEY and HW_SECRET_KEY, or another file by HW_SHARED_CONFIG_FILE.";
