import { settings } from "../../provider/cloud/configuration";
import {
  type Field,
  objectTypes,
  rows,
  scheduledTypes,
  type ValueType,
  weekdays,
} from "../../provider/scheduledTask/fields";

type Json = { readonly [key: string]: unknown };

const TOKEN = "huaweicloud-workspace:index";
const typeRef = (name: string): Json => ({ $ref: `#/types/${TOKEN}:${name}` });
const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const list = (items: Json): Json => ({ type: "array", items });

/** Pulumi type of a property, by the type of its field. An enum beside string stays open. */
const pulumiTypes: { readonly [T in ValueType]: (field: Field) => Json } = {
  string: (field) =>
    field.values ? { type: "string", oneOf: [{ type: "string" }, typeRef(capital(field.name))] } : { type: "string" },
  boolean: () => ({ type: "boolean" }),
  integer: () => ({ type: "integer" }),
  date: () => ({ type: "string" }),
  time: () => ({ type: "string" }),
  dateTime: () => ({ type: "string" }),
  timeZone: () => ({ type: "string" }),
  weekdays: () => list({ oneOf: [{ type: "string" }, typeRef("Weekday")] }),
  months: () => list({ type: "integer" }),
  dates: () => list({ type: "string" }),
  ids: () => list({ type: "string" }),
  targets: () => list(typeRef("ApplyObject")),
  json: () => ({ oneOf: [{ type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } }, { type: "string" }] }),
};

const property = (field: Field): Json => ({
  ...pulumiTypes[field.type](field),
  description: field.doc,
  ...(field.replaces && { willReplaceOnChanges: true }),
});

const enumOf = (description: string, values: readonly string[]): Json => ({
  type: "string",
  description,
  enum: values.map((value) => ({ value })),
});

function resource(): Json {
  const properties = Object.fromEntries(
    rows.filter((field) => field.name !== "adoptTaskId").map((field) => [field.name, property(field)]),
  );
  return {
    description:
      "A scheduled task of Huawei Cloud Workspace: an action on cloud desktops, at times of a schedule or after an event.",
    properties,
    required: ["taskName", "taskType", "scheduledType", "enable"],
    inputProperties: Object.fromEntries(rows.map((field) => [field.name, property(field)])),
    requiredInputs: rows.filter((field) => field.requiredBy === scheduledTypes).map((field) => field.name),
    aliases: [{ type: "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTask" }],
  };
}

function types(): Json {
  const enums = rows.filter((field) => field.values !== undefined);
  return {
    ...Object.fromEntries(
      enums.map((field) => [`${TOKEN}:${capital(field.name)}`, enumOf(field.doc, field.values ?? [])]),
    ),
    [`${TOKEN}:Weekday`]: enumOf("A day of the week.", weekdays),
    [`${TOKEN}:ObjectType`]: enumOf("Kind of target.", objectTypes),
    [`${TOKEN}:ApplyObject`]: {
      type: "object",
      description: "Desktops that a task acts on.",
      properties: {
        objectType: {
          type: "string",
          oneOf: [{ type: "string" }, typeRef("ObjectType")],
          description: "Kind of target.",
        },
        objectId: { type: "string", description: "Id of the desktop, pool or tag; not needed for ALL_DESKTOPS." },
      },
      required: ["objectType"],
    },
  };
}

const configVariables = (): Json =>
  Object.fromEntries(
    settings.map(({ name, doc, environment, secret }) => [
      name,
      {
        type: "string",
        description: doc,
        ...(secret && { secret: true }),
        ...(environment && { defaultInfo: { environment: [environment] } }),
      },
    ]),
  );

/** The Pulumi package schema of the plugin. */
export function packageSchema(): string {
  const schema = {
    $schema: "https://raw.githubusercontent.com/pulumi/pulumi/master/pkg/codegen/schema/pulumi.json",
    name: "huaweicloud-workspace",
    displayName: "Huawei Cloud Workspace",
    description:
      "Scheduled tasks of Huawei Cloud Workspace: cloud desktops started, stopped, rebooted, rebuilt or scripted on a schedule.",
    keywords: ["pulumi", "huaweicloud", "workspace", "category/cloud", "kind/native"],
    license: "Apache-2.0",
    publisher: "pulumi-huaweicloud-workspace",
    repository: "https://github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace",
    config: { variables: configVariables() },
    types: types(),
    provider: {
      description: "Credentials and place of the tasks.",
      inputProperties: configVariables(),
    },
    resources: { [`${TOKEN}:ScheduledTask`]: resource() },
    language: {
      nodejs: { respectSchemaVersion: true },
      python: { packageName: "pulumi_huaweicloud_workspace", respectSchemaVersion: true, pyproject: { enabled: true } },
      go: {
        importBasePath:
          "github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace/sdk/go/huaweicloudworkspace",
        respectSchemaVersion: true,
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
