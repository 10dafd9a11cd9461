/**
 * The one place that keeps secrets out of what a process prints: credentials and inputs that are marked secret are noted
 * here as soon as they are known, and every message, error and line on stderr passes through here.
 */
const known = new Set<string>();

/** Texts too short to hide anything would make a message unreadable. */
const SHORTEST_HIDDEN = 3;

/** Notes every text in a value, however deep, as one that is never printed. */
export function keepSecret(value: unknown): void {
  if (typeof value === "object" && value !== null) for (const part of Object.values(value)) keepSecret(part);
  else if (String(value ?? "").length >= SHORTEST_HIDDEN)
    for (const spelling of spellingsOf(String(value))) known.add(spelling);
}

/** As it is, inside JSON, and inside a query. */
const spellingsOf = (text: string): string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  new URLSearchParams({ text }).toString().slice("text=".length).replaceAll("+", "%20"),
];

/** The text without any secret that is known by now; the longest goes first, since it may hold a shorter one. */
export const redacted = (text: string): string =>
  [...known]
    .filter((secret) => text.includes(secret))
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);

/** Whether a value, however deep, holds a secret that is known by now. */
export function holdsSecret(value: unknown): boolean {
  const text = JSON.stringify(value) ?? "";
  return redacted(text) !== text;
}

const guarded = new WeakSet<NodeJS.WriteStream>();

/** Lets this stream print no secret, whoever writes to it: the host of dynamic providers prints the stacks of errors. */
export function guard(stream: NodeJS.WriteStream): void {
  if (guarded.has(stream)) return;
  guarded.add(stream);
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean =>
    Reflect.apply(write, stream, [typeof chunk === "string" ? redacted(chunk) : chunk, ...rest]);
}
