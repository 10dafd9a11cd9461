import { randomBytes } from "node:crypto";
import { codes, Denial } from "./errors";
import { accessKeyOf, headerOf, type KeyPair, type SignedRequest, unauthorized, verifySignature } from "./signature";

/** Who may log in to an emulator that looks at credentials. The same in every run, like its keys. */
export const principals = {
  userName: "emulator-user",
  password: "emulatorPasswordThatOpensNothingElse001",
  domainName: "emulator-account",
  domainId: "0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d",
  agencyName: "emulator-agency",
  oidcProviderUrn: "iam::0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d:oidcProvider:emulator-provider",
  oidcIdToken: "emulator-id-token",
} as const;

export const agencyUrn = `iam::${principals.domainId}:agency:${principals.agencyName}`;

/** The account that the emulator plays: it has one project, in one region. */
export interface Account extends KeyPair {
  readonly projectId: string;
  readonly region: string;
}

interface Issued {
  readonly endsAt: number;
}

interface Token extends Issued {
  /** undefined: of the whole account. */
  readonly projectId: string | undefined;
}

export interface TemporaryKeys extends KeyPair, Issued {
  readonly securityToken: string;
}

/** Tokens and temporary keys that were issued, by real time, as signatures are. */
export class Identity {
  private readonly tokens = new Map<string, Token>();
  private readonly keys = new Map<string, TemporaryKeys>();

  constructor(readonly account: Account) {}

  issueToken(projectId: string | undefined, endsAt: number): string {
    const token = `MII${randomBytes(48).toString("base64url")}`;
    this.tokens.set(token, { projectId, endsAt });
    return token;
  }

  issueKeys(endsAt: number): TemporaryKeys {
    const keys = {
      accessKey: `HST${randomBytes(9).toString("hex").toUpperCase()}`,
      secretKey: randomBytes(30).toString("base64url"),
      securityToken: randomBytes(120).toString("base64url"),
      endsAt,
    };
    this.keys.set(keys.accessKey, keys);
    return keys;
  }

  /** All that was issued until now is refused from now on. */
  endAll(): void {
    this.tokens.clear();
    this.keys.clear();
  }

  /**
   * The project that the credentials of a request are for. Throws 401 as the gateway does; its words for tokens and for
   * temporary keys are UNKNOWN.
   */
  projectOf(request: SignedRequest, now: number): string | undefined {
    const token = headerOf(request, "x-auth-token");
    if (token) return this.tokenOf(token, now).projectId;
    this.assertSigned(request, now);
    return this.account.projectId;
  }

  /** Throws 401 unless the request is signed, with the account's keys or temporary ones. */
  assertSigned(request: SignedRequest, now: number): void {
    const temporary = this.keys.get(accessKeyOf(request) ?? "");
    verifySignature(request, temporary ?? this.account, now);
    if (temporary === undefined) return;
    if (headerOf(request, "x-security-token") !== temporary.securityToken)
      throw unauthorized("verify security token failed");
    if (temporary.endsAt <= now) throw unauthorized("the security token has expired");
  }

  private tokenOf(text: string, now: number): Token {
    const token = this.tokens.get(text);
    if (token === undefined) throw unauthorized("verify token failed");
    if (token.endsAt <= now) throw unauthorized("token expires");
    return token;
  }
}

const mark = "emulator.";

/** Base64 of JSON, where the cloud encrypts; the fields of that JSON are UNKNOWN, but for those that the vendor's example shows. */
export const denialOf = (operation: string): Denial =>
  new Denial(
    codes.denied,
    `The operation ${operation} is not allowed`,
    mark +
      Buffer.from(
        JSON.stringify({
          context: { user_profile: { user_name: principals.userName }, operation },
          failure: "implicit deny by identity-based policy",
        }),
      ).toString("base64"),
  );

/** undefined for what is no message of the emulator. */
export const decodedDenial = (encoded: string): string | undefined =>
  encoded.startsWith(mark) ? Buffer.from(encoded.slice(mark.length), "base64").toString() : undefined;
