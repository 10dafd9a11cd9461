import fc from "fast-check";
import type { Keys } from "../../provider/cloud/sign";

/** A request as a program means it: nothing is encoded yet. */
export interface Meant {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: object | undefined;
  readonly keys: Keys;
}

/** A request in the form in which it is signed and sent. */
export const encoded = ({ method, segments, query, body }: Meant) => ({
  method,
  path: `/${segments.map(encodeURIComponent).join("/")}`,
  query: new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString(),
  body: body === undefined ? "" : JSON.stringify(body),
});

const anyText = fc.string({ unit: "binary", maxLength: 12 });
const keyText = fc.string({ unit: fc.constantFrom(..."ABCXYZabcxyz0189"), minLength: 8, maxLength: 40 });
/** Few names, so that some are repeated, and some that sort otherwise when they are encoded. */
const queryName = fc.oneof(fc.constantFrom("task_name", "limit", "a", "~", "[", "é"), anyText);
const queryValue = fc.oneof(
  fc.constantFrom("", " ", "a b", "a+b", "~", "[", "é", "測試 任務", "&=?/%20", "!'()*"),
  anyText,
);
const body = fc.oneof(
  fc.constant(undefined),
  fc.constant({}),
  fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
  fc
    .nat({ max: 1000 })
    .map((count) => ({ gray_desktop_ids: Array.from({ length: count }, (_, n) => `bürocomputer-${n}`) })),
);

/** Requests with non-ASCII paths, spaces and repeats in the query, empty and large bodies, lasting and temporary keys. */
export const randomRequest = (
  segment: (text: string) => string,
  queryText: (text: string) => string = (text) => text,
) =>
  fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
    segments: fc
      .array(anyText.map(segment), { minLength: 1, maxLength: 4 })
      .map((segments) => ["v2", ...segments, "scheduled-tasks"]),
    query: fc.array(fc.tuple(queryName.map(queryText), queryValue.map(queryText)), { maxLength: 8 }),
    body,
    keys: fc.record(
      { accessKey: keyText, secretKey: keyText, securityToken: keyText },
      { requiredKeys: ["accessKey", "secretKey"] },
    ),
  }) satisfies fc.Arbitrary<Meant>;
