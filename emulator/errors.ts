/**
 * An answer that refuses. Service errors carry `{error_code, error_msg}`, gateway errors also `request_id`, IAM's are
 * those of Keystone; the server renders them.
 */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly origin: "service" | "gateway" | "iam" = "service",
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** A 403 with a reason that only STS can read. */
export class Denial extends ApiError {
  constructor(
    code: string,
    message: string,
    readonly encodedMessage: string,
  ) {
    super(403, code, message);
  }
}

/**
 * WKS.0001 and the APIGW codes have been seen in the wild. The codes that this API gives for the other causes are
 * UNKNOWN: these are the emulator's own choice, and clients must not rely on them. At most 12 characters, as the
 * vendor's schema of `error_code` says.
 */
export const codes = {
  emptyBody: "WKS.0001",
  malformedBody: "WKS.00170001",
  unknownName: "WKS.00170002",
  badValue: "WKS.00170003",
  missingValue: "WKS.00170004",
  conflict: "WKS.00170005",
  past: "WKS.00170006",
  nameTaken: "WKS.00170007",
  notFound: "WKS.00170404",
  notFoundAs400: "WKS.00170400",
  internal: "WKS.00170500",
  unauthorized: "APIGW.0301",
  forbidden: "APIGW.0302",
  denied: "WKS.00170403",
  stsInvalid: "STS.0400",
  stsDenied: "STS.0403",
  throttled: "APIGW.0308",
  noSuchApi: "APIGW.0101",
} as const;

export const badValue = (name: string, reason: string) =>
  new ApiError(400, codes.badValue, `The value of ${name} is invalid: ${reason}`);

export const missingValue = (name: string, reason: string) =>
  new ApiError(400, codes.missingValue, `The parameter ${name} is required: ${reason}`);

export const unknownName = (name: string) => new ApiError(400, codes.unknownName, `The parameter ${name} is unknown`);

export const conflict = (reason: string) => new ApiError(400, codes.conflict, reason);

/**
 * The status of a not-found is unknown (dialect `missing`); elsewhere in Workspace it often is a 400 with a code of its
 * own.
 */
export function notFound(what: "task" | "task record", id: string, status: "404" | "400"): ApiError {
  return status === "404"
    ? new ApiError(404, codes.notFound, `The scheduled ${what} does not exist`)
    : new ApiError(400, codes.notFoundAs400, `Scheduled ${what} ${id} is not found.`);
}
