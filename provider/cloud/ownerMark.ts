import type { Wire } from "./transport";

/** The mark of an owner, such as `acme/prod`, at the end of a description. */
export const markOf = (owner: string): string => ` [${owner}]`;

/** A body whose description, if it has one, carries the mark. */
export const marked = (body: Wire, owner: string | undefined): Wire =>
  owner === undefined || typeof body.description !== "string"
    ? body
    : { ...body, description: body.description === "" ? markOf(owner).trimStart() : body.description + markOf(owner) };

/** Whether a task carries the mark. */
export const isMarked = ({ description }: Wire, owner: string | undefined): boolean =>
  owner !== undefined && typeof description === "string" && ` ${description}`.endsWith(markOf(owner));

/** The task without the mark. */
export const unmarked = (task: Wire, owner: string | undefined): Wire =>
  owner !== undefined && isMarked(task, owner)
    ? { ...task, description: ` ${task.description}`.slice(1, -markOf(owner).length) }
    : task;

/** As `markOf` leaves it. People write such endings too, so that who leaves out tasks for their mark must say so. */
const anyMark = /(?:^| )\[([^[\]]+)\]$/;

/** The owner whose mark ends a description, from which that of one's own is taken off already. */
export const ownerIn = (description: unknown): string | undefined => anyMark.exec(String(description ?? ""))?.[1];
