import { agencyOf } from "../cloud/agency";
import { settings } from "../cloud/configuration";
import { endpointsOf } from "../cloud/endpoints";
import { Misconfigured } from "../cloud/errors";
import { isTimeZone } from "../scheduledTask/calendar";
import { rowNamed } from "../scheduledTask/fields";
import type { Finding } from "../scheduledTask/shapeFailures";
import { isUnknown } from "../scheduledTask/wire";
import type { Kind, Paths } from "./detailedDiff";
import type { Values } from "./protobuf";

/** What the engine adds to the configuration of a provider. */
const engineOwn: readonly string[] = ["version", "pluginDownloadURL"];

/** Everything that is wrong with the configuration of a provider; an unknown value never fails. */
export function checkConfig(config: Values): Finding[] {
  return Object.entries(config).flatMap(([path, value]) => {
    const reason = isUnknown(value) ? undefined : badSetting(path, value);
    return reason === undefined ? [] : [{ path, reason }];
  });
}

function badSetting(name: string, value: unknown): string | undefined {
  if (engineOwn.includes(name)) return undefined;
  const setting = settings.find((one) => one.name === name);
  if (setting === undefined) return `unknown setting; known are ${settings.map((one) => one.name).join(", ")}`;
  if (typeof value !== "string") return `a value of type ${typeof value}; expected a text`;
  if (value === "") return undefined;
  if (setting.values?.includes(value) === false)
    return `"${value}" is not allowed; expected one of ${setting.values.join(", ")}`;
  return rules[name]?.(value);
}

const rules: { readonly [name: string]: (value: string) => string | undefined } = {
  endpoint: (endpoint) => misconfigured(() => endpointsOf({ endpoint }, "any")),
  iamEndpoint: (iamEndpoint) => misconfigured(() => endpointsOf({ iamEndpoint }, "any")),
  stsEndpoint: (stsEndpoint) => misconfigured(() => endpointsOf({ stsEndpoint }, "any")),
  assumeRoleDuration: (assumeRoleDuration) =>
    misconfigured(() => agencyOf({ assumeRoleAgencyName: "any", assumeRoleDomainId: "any", assumeRoleDuration })),
  timeZone: (zone) =>
    isTimeZone(zone) ? undefined : `"${zone}" is not a name of the tz database, e.g. "Asia/Shanghai" or "Europe/Paris"`,
};

/** What the client says of a setting. */
function misconfigured(use: () => unknown): string | undefined {
  try {
    use();
    return undefined;
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    return error.message;
  }
}

/** Names of the settings that are secret however they were written. */
export const secretSettings: readonly string[] = settings.filter(({ secret }) => secret).map(({ name }) => name);

/** What changed in the configuration of a provider. A move to another region or project replaces what was there. */
export function diffConfig(old: Values, wanted: Values): Paths {
  const names = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].filter((name) => !engineOwn.includes(name));
  return Object.fromEntries(
    names.filter((name) => old[name] !== wanted[name]).map((name) => [name, configKind(name, old[name], wanted[name])]),
  );
}

function configKind(name: string, old: unknown, wanted: unknown): Kind {
  if (old === undefined) return "add";
  if (wanted === undefined) return "delete";
  return rowNamed(name)?.replaces ? "update-replace" : "update";
}
