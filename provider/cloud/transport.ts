import { type CredentialSource, type Credentials, fixed } from "./credentials";
import { type Attempt, CloudError, Denied, Misconfigured, NotSent, Unauthorized } from "./errors";
import { type Call, exchange, serviceAt, type Wire } from "./http";
import { type Pacing, realPacing } from "./retry";
import { refuseIfStopped } from "./stop";

export type { Wire };

/** One request to the API; `path` is below the project, such as `/scheduled-tasks`. */
export interface Request extends Attempt, Pick<Call, "method" | "path" | "query" | "body"> {}

/** Where a task lives. */
export interface Place {
  readonly endpoint: string;
  /** A function when it must be looked up. */
  readonly projectId: string | (() => string | Promise<string>);
  readonly cacertFile?: string | undefined;
}

/** What the cloud says of a denial when asked; undefined when it does not. */
export type Explain = (denied: Denied, credentials: Credentials) => Promise<string | undefined>;

/** Sends requests to one project; every failure is a CloudError. */
export interface Transport {
  /**
   * @param ready asked when the request is about to be sent, however long it took to get credentials for it; throws when
   * it must not be
   */
  send(request: Request, ready?: () => Promise<void>): Promise<Wire>;
  readonly pacing: Pacing;
}

export function transport(place: Place, given: Credentials | CredentialSource, explain?: Explain): Transport {
  const service = serviceAt(place.endpoint, place.cacertFile);
  const source = "current" in given ? given : fixed(given);
  const { projectId } = place;
  return {
    pacing: realPacing,
    async send(request, ready) {
      const id = typeof projectId === "string" ? projectId : await needed(request, projectId);
      const call = {
        ...request,
        path: `/v2/${encodeURIComponent(id)}${request.path}`,
        headers: { "X-Project-Id": id },
      };
      return authorized(request, source, async (credentials) => {
        await ready?.();
        refuseIfStopped(request);
        try {
          return (await exchange(service, request, call, credentials)).body;
        } catch (error) {
          throw error instanceof Denied ? await explained(request, error, credentials, explain) : error;
        }
      });
    },
  };
}

/** Sends with the credentials at hand and, when they are refused as unknown, once more with others. */
export async function authorized<T>(
  attempt: Attempt,
  source: CredentialSource,
  send: (credentials: Credentials) => Promise<T>,
): Promise<T> {
  const atHand = source.current();
  const credentials = atHand instanceof Promise ? await needed(attempt, () => atHand) : atHand;
  try {
    return await send(credentials);
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    const others = await needed(attempt, () => source.insteadOf(credentials));
    if (others === undefined) throw error;
    return send(others);
  }
}

/** What a request needs before it is sent. */
async function needed<T>(attempt: Attempt, get: () => T | Promise<T>): Promise<T> {
  try {
    return await get();
  } catch (error) {
    throw error instanceof CloudError && !(error instanceof Misconfigured) ? new NotSent(attempt, error) : error;
  }
}

async function explained(
  attempt: Attempt,
  denied: Denied,
  credentials: Credentials,
  explain?: Explain,
): Promise<Denied> {
  if (explain === undefined || denied.answer.encodedMessage === undefined) return denied;
  const reason = await explain(denied, credentials);
  return reason === undefined ? denied : new Denied(attempt, denied.answer, reason);
}
