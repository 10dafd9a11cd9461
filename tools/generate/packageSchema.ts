import { type Setting, settings } from "../../provider/cloud/configuration";
import { type Field, objectTypes, row, rows, scheduledTypes, weekdays } from "../../provider/scheduledTask/fields";
import { sharedNames } from "../../provider/scheduledTaskFleet/fleet";
import { functionsSchema, functionTypes } from "./functionsSchema";
import { capital, type Json, property, TOKEN, typeRef } from "./schemaTypes";

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

const stringMap = (description: string): Json => ({
  type: "object",
  additionalProperties: { type: "string" },
  description,
});

function fleet(): Json {
  const tasks = {
    type: "object",
    additionalProperties: typeRef("Task"),
    description: "Tasks by a key of your choice, which is the name of a task that declares no taskName.",
  };
  const shared = Object.fromEntries(sharedNames.map((name) => [name, sharedProperty(row(name))]));
  return {
    description:
      "Many scheduled tasks in one resource: the same inputs, checks and updates as ScheduledTask, with one entry of state for all of them.",
    properties: { tasks, ...shared, taskIds: stringMap("Ids of the tasks, by key.") },
    required: ["tasks", "taskIds"],
    inputProperties: { tasks, ...shared },
    requiredInputs: ["tasks"],
    aliases: [{ type: "pulumi-nodejs:dynamic/huaweicloud-workspace:ScheduledTaskFleet" }],
  };
}

/** A task that is replaced does not replace its fleet. */
function inFleet(field: Field): Json {
  const { willReplaceOnChanges: _, ...kept } = property(field);
  return kept;
}

const sharedProperty = (field: Field): Json => ({
  ...inFleet(field),
  description: `For all tasks that have a use for it and declare none of their own. ${field.doc}`,
});

const task = (): Json => ({
  type: "object",
  description: "A task of a fleet: the inputs of a ScheduledTask, but for those that it has from its fleet.",
  properties: Object.fromEntries(rows.map((field) => [field.name, inFleet(field)])),
});

function types(): Json {
  const enums = rows.filter((field) => field.values !== undefined);
  return {
    ...Object.fromEntries(
      enums.map((field) => [`${TOKEN}:${capital(field.name)}`, enumOf(field.doc, field.values ?? [])]),
    ),
    [`${TOKEN}:Weekday`]: enumOf("A day of the week.", weekdays),
    [`${TOKEN}:ObjectType`]: enumOf("Kind of target.", objectTypes),
    [`${TOKEN}:Task`]: task(),
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

const documented = ({ doc, environment }: Setting): string => (environment ? `${doc} Else ${environment}.` : doc);

const configVariables = (): { [name: string]: Json } =>
  Object.fromEntries(
    settings.map((setting) => [
      setting.name,
      {
        type: "string",
        description: documented(setting),
        ...(setting.secret && { secret: true }),
        ...(setting.environment && {
          defaultInfo: { environment: [setting.environment, ...(setting.alias ? [setting.alias] : [])] },
        }),
      },
    ]),
  );

/** Without the defaults: generated SDKs would write what the environment holds into the state. The plugin reads it. */
const providerInputs = (): Json =>
  Object.fromEntries(
    Object.entries(configVariables()).map(([name, { defaultInfo: _, ...variable }]) => [name, variable]),
  );

/** The Pulumi package schema of the plugin. */
export function packageSchema(): string {
  const schema = {
    name: "huaweicloud-workspace",
    displayName: "Huawei Cloud Workspace",
    description:
      "Scheduled tasks of Huawei Cloud Workspace: cloud desktops started, stopped, rebooted, rebuilt or scripted on a schedule.",
    keywords: ["pulumi", "huaweicloud", "workspace", "category/cloud", "kind/native"],
    license: "Apache-2.0",
    publisher: "pulumi-huaweicloud-workspace",
    repository: "https://github.com/pulumi-huaweicloud-workspace/pulumi-huaweicloud-workspace",
    config: { variables: configVariables() },
    types: { ...types(), ...functionTypes() },
    provider: {
      description: "Credentials and place of the tasks.",
      inputProperties: providerInputs(),
    },
    resources: { [`${TOKEN}:ScheduledTask`]: resource(), [`${TOKEN}:ScheduledTaskFleet`]: fleet() },
    functions: functionsSchema(),
    language: {
      nodejs: { packageName: "pulumi-huaweicloud-workspace", respectSchemaVersion: true },
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
