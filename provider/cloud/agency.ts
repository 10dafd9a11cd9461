import type { Settings } from "./configuration";
import { Misconfigured } from "./errors";

/** An agency of another account, or of one's own. One of id and name of the account is given. */
export interface Agency {
  readonly name: string;
  readonly domainId: string | undefined;
  readonly domainName: string | undefined;
  readonly durationSeconds: number | undefined;
}

/**
 * The agency that the settings name; undefined when there is none to assume.
 *
 * @throws Misconfigured when it is given in part
 */
export function agencyOf(settings: Settings): Agency | undefined {
  const { assumeRoleAgencyName: name, assumeRoleDomainId: domainId, assumeRoleDomainName: domainName } = settings;
  if (name === undefined) return undefined;
  if (domainId === undefined && domainName === undefined)
    throw new Misconfigured(
      `huaweicloud-workspace:assumeRoleAgencyName: agency "${name}" is given without its account; expected also HW_ASSUME_ROLE_DOMAIN_ID (or HW_ASSUME_ROLE_DOMAIN_NAME), or the stack config of the same meaning.`,
    );
  const { assumeRoleDuration: duration } = settings;
  if (duration !== undefined && !/^\d+$/.test(duration))
    throw new Misconfigured(
      `huaweicloud-workspace:assumeRoleDuration: "${duration}" is not a number of seconds; expected 900 to 43200.`,
    );
  return { name, domainId, domainName, durationSeconds: duration === undefined ? undefined : Number(duration) };
}
