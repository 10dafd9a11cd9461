import { ApiError, badValue, codes } from "./errors";
import { type Route, routes } from "./routes";

export interface Match {
  route: Route;
  projectId: string;
  /** The ids of the path after the project's. */
  ids: string[];
}

const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^/v2/([^/]+)${route.path.replaceAll("*", "([^/]+)")}$`),
}));

/**
 * Throws the gateway's refusal of a path that is no API, or that has no such method (which of the two codes it gives is
 * UNKNOWN).
 */
export function findRoute(method: string, path: string): Match {
  const allowed: string[] = [];
  for (const { route, pattern } of patterns) {
    const found = pattern.exec(path);
    if (!found) continue;
    if (route.method !== method) {
      allowed.push(route.method);
      continue;
    }
    const [projectId = "", ...ids] = found.slice(1).map(decodeId);
    return { route, projectId, ids };
  }
  if (allowed.length === 0) throw new ApiError(404, codes.noSuchApi, "The API does not exist", "gateway");
  throw new ApiError(405, codes.noSuchApi, `The API does not have the method ${method}`, "gateway", {
    Allow: allowed.join(", "),
  });
}

function decodeId(segment: string): string {
  const id = decode(segment);
  if ([...id].length > 255) throw badValue("the path", "an id must have 1 to 255 characters");
  return id;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) throw badValue("the path", "it is not percent-encoded");
    throw error;
  }
}
