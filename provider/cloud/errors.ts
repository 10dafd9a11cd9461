import { redacted } from "./redaction";

/** What was tried when a call failed. */
export interface Attempt {
  /** In words: "update ScheduledTask "nightly" (id 0a1b)". */
  readonly what: string;
  readonly operation: string;
  /** What to do when it is refused or denied, where the kind of failure does not tell. */
  readonly remedy?: string;
  /** Whether it is itself what proves who asks: then the remedy is for a 401 too. */
  readonly isLogin?: boolean;
}

/** What the API answered. */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly requestId?: string | undefined;
  /** Why it was denied, for STS to decode. */
  readonly encodedMessage?: string | undefined;
}

/** A call to the cloud that failed; each cause is a class of its own. */
export abstract class CloudError extends Error {
  abstract readonly remedy: string;
}

/** The API answered with an error. */
export class ApiError extends CloudError {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly remedy: string;

  constructor(attempt: Attempt, answer: Answer, remedy: string) {
    const request = answer.requestId ? ` (request ${answer.requestId})` : "";
    const code = answer.code === String(answer.status) ? "" : ` ${answer.code}`;
    super(redacted(`${attempt.what}: ${answer.status}${code} "${answer.message}"${request}. ${remedy}`));
    this.name = new.target.name;
    this.status = answer.status;
    this.code = answer.code;
    this.requestId = answer.requestId;
    this.remedy = remedy;
  }
}

/** The API says for certain that the task does not exist. */
export class NotFound extends ApiError {
  constructor(attempt: Attempt, answer: Answer) {
    super(attempt, answer, "It was deleted elsewhere: `pulumi up --refresh` makes it again.");
  }
}

/** 400, 409: the request was understood and refused; nothing was changed. */
export class Refused extends ApiError {
  /** Whether the request was about one existing task, so that the refusal may mean that it does not exist. */
  readonly isAboutOneTask: boolean;

  constructor(attempt: Attempt, answer: Answer) {
    super(attempt, answer, remedyOfRefusal(attempt, answer));
    this.isAboutOneTask = aboutOneTask.has(attempt.operation);
  }
}

function remedyOfRefusal({ operation, remedy }: Attempt, { status }: Answer): string {
  if (remedy !== undefined) return remedy;
  if (status === 409) return "Something else is at work on it: try it again later.";
  return /^(Create|Update)/.test(operation) ? "Correct the field that the API names." : "The API's own words say why.";
}

/** 401: who calls is not known. */
export class Unauthorized extends ApiError {
  constructor(attempt: Attempt, answer: Answer) {
    const keys = "Check the access keys or the token, that they have not expired, and the machine's clock.";
    super(attempt, answer, (attempt.isLogin && attempt.remedy) || keys);
  }
}

/** 403: who calls may not do this. */
export class Denied extends ApiError {
  /** @param reason what STS has decoded of the answer */
  constructor(
    attempt: Attempt,
    readonly answer: Answer,
    reason?: string,
  ) {
    super(attempt, answer, `${attempt.remedy ?? leastPolicy(attempt.operation)}${reasonOfDenial(answer, reason)}`);
  }
}

const leastPolicy = (operation: string): string =>
  `${actions[operation] === undefined ? "Which IAM action it needs is not documented." : `Ask for the IAM action ${actions[operation]}.`} All that this provider asks for is within workspace:scheduledTasks:*; policies are in docs/permissions.md.`;

function reasonOfDenial({ encodedMessage }: Answer, reason: string | undefined): string {
  if (reason !== undefined) return ` The reason, as STS decodes it: ${reason}`;
  return encodedMessage === undefined
    ? ""
    : " The answer holds an encoded reason, which access keys with the action sts::decodeAuthorizationMessage can read.";
}

/** 429: too many calls. */
export class Throttled extends ApiError {
  readonly retryAfterMs: number | undefined;

  constructor(attempt: Attempt, answer: Answer, retryAfterMs: number | undefined) {
    super(attempt, answer, "Too many calls in a short time: run it again later, or with a smaller --parallel.");
    this.retryAfterMs = retryAfterMs;
  }
}

/** 5xx: the service failed; whether it did what was asked is not known. */
export class ServiceFailure extends ApiError {
  constructor(attempt: Attempt, answer: Answer) {
    super(attempt, answer, `The service failed: ${again(attempt)}.`);
  }
}

/** After a write that failed on the way it is not known whether it was done; anything else can just be repeated. */
const again = ({ operation }: Attempt): string =>
  /^(Create|Update|Delete)ScheduledTasks$/.test(operation)
    ? "run `pulumi up --refresh`, which sees what was done"
    : "try it again";

/** Something answered, but not the Workspace API: a proxy, a wrong endpoint, or a broken body. */
export class NotTheApi extends CloudError {
  readonly remedy = "Check the endpoint and the proxy: what answered is not the Workspace API.";

  constructor(
    attempt: Attempt,
    readonly status: number,
    what: string,
  ) {
    super();
    this.name = new.target.name;
    this.message = `${attempt.what}: status ${status} with ${what}. ${this.remedy}`;
  }
}

/** No answer came: connection refused, reset, timed out, name not resolved. */
export class NoAnswer extends CloudError {
  readonly remedy: string;
  /** Whether no connection came about, so that the request cannot have arrived. */
  readonly wasNotSent: boolean;

  constructor(attempt: Attempt, origin: string, options: { cause: unknown }) {
    super("", options);
    this.name = new.target.name;
    this.wasNotSent = notSent.has((options.cause as Partial<NodeJS.ErrnoException>).code ?? "");
    this.remedy = `Check the network, the proxy and the endpoint, then ${again(attempt)}.`;
    this.message = `${attempt.what}: no answer from ${origin}: ${reasonOf(options.cause)}. ${this.remedy}`;
  }
}

const notSent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: string };
  // What a proxy has said stands in the message alone.
  return typeof code === "string" && code !== "UND_ERR_ABORTED" ? code : (message ?? String(cause));
}

/**
 * A request that was not sent, for what it needs could not be had: credentials, or the id of the project. It is never
 * taken for a request whose answer was lost.
 */
export class NotSent extends CloudError {
  readonly remedy: string;

  constructor(attempt: Attempt, cause: CloudError) {
    super("", { cause });
    this.name = new.target.name;
    this.remedy = cause.remedy;
    this.message = `${attempt.what}: not sent. ${cause instanceof NotSent && cause.cause instanceof Error ? cause.cause.message : cause.message}`;
  }
}

/** A creation whose answer was lost, after which the look for the task failed too. Nobody may take it for a refusal. */
export class PerhapsCreated extends CloudError {
  readonly remedy =
    "It may have been created: run `pulumi up` again, which looks for the task before it sends anything.";

  constructor({ what }: Pick<Attempt, "what">, look: CloudError) {
    super("", { cause: look });
    this.name = new.target.name;
    this.message = `${what}: the answer was lost, and the look for the task failed: ${look.message} ${this.remedy}`;
  }
}

/** The engine that asked for a write no longer runs, so nobody would record what it did. */
export class EngineGone extends CloudError {
  readonly remedy = "Run `pulumi cancel`, `pulumi up`, and `pulumi refresh --clear-pending-creates` if it still warns.";

  constructor(attempt: Attempt) {
    super("");
    this.name = new.target.name;
    this.message = `${attempt.what}: not sent, for the engine is gone. ${this.remedy}`;
  }
}

/** A time-out or a cancellation has ended the work of a call. */
export class Stopped extends CloudError {
  readonly remedy = "";
}

/** Settings that are missing or contradict each other. */
export class Misconfigured extends CloudError {
  readonly remedy = "";
}

const actions: { readonly [operation: string]: string } = {
  CreateScheduledTasks: "workspace:scheduledTasks:create",
  UpdateScheduledTasks: "workspace:scheduledTasks:update",
  DeleteScheduledTasks: "workspace:scheduledTasks:delete",
  ShowScheduledTasks: "workspace:scheduledTasks:get",
  ListScheduledTasks: "workspace:scheduledTasks:list",
};

/** The error of an answer that is not a success. */
export function errorOf(attempt: Attempt, answer: Answer, retryAfter: string | undefined): ApiError {
  if (isCertainlyMissing(attempt, answer)) return new NotFound(attempt, answer);
  if (answer.status === 401) return new Unauthorized(attempt, answer);
  if (answer.status === 403) return new Denied(attempt, answer);
  if (answer.status === 429) return new Throttled(attempt, answer, retryAfterMs(retryAfter));
  if (answer.status >= 500) return new ServiceFailure(attempt, answer);
  return new Refused(attempt, answer);
}

const aboutOneTask: ReadonlySet<string> = new Set([
  "ShowScheduledTasks",
  "UpdateScheduledTasks",
  "DeleteScheduledTasks",
]);

/**
 * Of the statuses only a 404 of the service about one task is certain: a 404 of the gateway is about the route, and a
 * 400, as which Workspace often says "not found", may be about something else, such as a desktop pool.
 */
const isCertainlyMissing = ({ operation }: Attempt, { status, code }: Answer): boolean =>
  status === 404 && code.startsWith("WKS.") && aboutOneTask.has(operation);

function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
