/** The tasks in what the engine shows to a policy; pure. */
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { Inputs } from "../provider/scheduledTask/fields";
import { isUnknown } from "../provider/scheduledTask/wire";
import { sharedOf, wholeTask } from "../provider/scheduledTaskFleet/fleet";
import { unpackFleet } from "../provider/scheduledTaskFleet/packed";
import { ours } from "../review/preview";

/** A task of a resource: its only one, or a member of its fleet. */
export interface Task {
  /** `evening-stop`, or `fleet["stop-sales"]`. */
  readonly declaredAs: string;
  readonly urn: string;
  readonly inputs: Inputs;
  /** Tasks of two places act on no target in common. */
  readonly place: string;
}

type Resource = Pick<ResourceValidationArgs | PolicyResource, "type" | "name" | "urn" | "props" | "provider">;
type Values = { readonly [name: string]: unknown };

/** The tasks of a resource, without those of which nothing is known in this preview; none of a foreign resource. */
export function tasksOf({ type, name, urn, props, provider }: Resource): Task[] {
  if (!ours.test(type)) return [];
  const configured = valuesOf(provider?.props ?? {});
  const taskOf = (declaredAs: string, inputs: Inputs): Task => {
    const place = [inputs.region ?? configured.region, inputs.projectId ?? configured.projectId];
    return { declaredAs, urn, inputs, place: JSON.stringify(place) };
  };
  const values = valuesOf(props);
  if (!type.endsWith("Fleet")) return [taskOf(name, values)];
  const shared = sharedOf(values);
  const { tasks = {} }: { readonly tasks?: object } = unpackFleet(values);
  return Object.entries(tasks).flatMap(([key, task]) =>
    isObject(task) ? taskOf(`${name}[${JSON.stringify(key)}]`, wholeTask(valuesOf(task), shared)) : [],
  );
}

/** Whether it is not known yet in this preview if the task runs at all. */
export const mayBeOff = ({ inputs }: Task): boolean => isUnknown(inputs.enable);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The properties as they are: reading one that is unknown throws, describing it does not. */
const valuesOf = (props: object): Values =>
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(props)).map(([name, { value }]) => [name, value as unknown]),
  );
