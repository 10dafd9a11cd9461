import { keepSecret } from "./redaction";
import type { Keys } from "./sign";

/** How requests prove who sends them: a token, or a signature. */
export type Credentials = { readonly token: string } | { readonly keys: Keys };

/** Where credentials come from; asked before each request, so the answer is at hand unless they must be fetched. */
export interface CredentialSource {
  /** Credentials that are good now. */
  current(): Credentials | Promise<Credentials>;
  /** Others than these, which were refused as unknown; undefined when there are no others. */
  insteadOf(refused: Credentials): Promise<Credentials | undefined>;
}

/** Credentials that somebody gave: there are no others. */
export function fixed(credentials: Credentials): CredentialSource {
  keepSecret(secretsOf(credentials));
  return { current: () => credentials, insteadOf: async () => undefined };
}

/** The access key is a name, and stands in every signature. */
const secretsOf = (credentials: Credentials): unknown =>
  "token" in credentials ? credentials.token : [credentials.keys.secretKey, credentials.keys.securityToken];

/** Credentials that end. */
export interface Lease {
  readonly credentials: Credentials;
  /** In milliseconds since 1970. */
  readonly endsAt: number;
}

/** Credentials are renewed so long before they end: longer than a request and its repetitions are under way. */
const MARGIN_MS = 5 * 60_000;

/** Credentials that were fetched because others were refused, and are refused so soon too, are not fetched again. */
const PATIENCE_MS = 60_000;

/** Credentials that are fetched when the first request is due, kept, and renewed before they end or once refused. */
export class Renewing implements CredentialSource {
  private held: Lease | undefined;
  private pending: Promise<Credentials> | undefined;
  private replacedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly fetch: () => Promise<Lease>,
    private readonly now: () => number = Date.now,
  ) {}

  current(): Credentials | Promise<Credentials> {
    return this.held && this.now() < this.held.endsAt - MARGIN_MS ? this.held.credentials : this.fetched();
  }

  async insteadOf(refused: Credentials): Promise<Credentials | undefined> {
    if (this.held?.credentials !== refused) return this.current();
    if (this.now() - this.replacedAt < PATIENCE_MS) return undefined;
    this.replacedAt = this.now();
    this.held = undefined;
    return this.fetched();
  }

  /** All that ask at the same time wait for one request. */
  private fetched(): Promise<Credentials> {
    this.pending ??= this.fetch()
      .then((lease) => {
        this.held = lease;
        keepSecret(secretsOf(lease.credentials));
        return lease.credentials;
      })
      .finally(() => {
        this.pending = undefined;
      });
    return this.pending;
  }
}
