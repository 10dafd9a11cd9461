import { inspect } from "node:util";
import { NoAnswer } from "./errors";
import { guard, keepSecret, redacted } from "./redaction";
import { transport } from "./transport";

test("every text in a secret is hidden, in each spelling that a message may hold it in", () => {
  keepSecret({ message: 'say "hello"\n', list: ["planted", 12345], none: null });
  expect(redacted("planted 12345 open")).toBe("[secret] [secret] open");
  expect(redacted(JSON.stringify('say "hello"\n'))).toBe('"[secret]"');
  expect(redacted(`?q=${encodeURIComponent('say "hello"\n')}`)).toBe("?q=[secret]");
});

test("a secret that holds another one is hidden whole, and what hides nothing stays", () => {
  keepSecret("inner-part");
  keepSecret("the inner-part of it");
  keepSecret("ab");
  expect(redacted("x the inner-part of it ab")).toBe("x [secret] ab");
});

test("a guarded stream prints no secret", () => {
  const written: unknown[] = [];
  const stream = { write: (...args: unknown[]) => written.push(args) > 0 } as unknown as NodeJS.WriteStream;
  guard(stream);
  keepSecret("planted-in-a-stack");
  stream.write("Error: planted-in-a-stack", "utf8");
  expect(written).toEqual([["Error: [secret]", "utf8"]]);
});

test("what a request proves itself with is known before it is sent, and stands in no error, however deep", async () => {
  const place = { endpoint: "http://127.0.0.1:1", projectId: "p" };
  const request = { what: "list", operation: "ListScheduledTasks", method: "GET", path: "/scheduled-tasks" } as const;
  for (const credentials of [
    { token: "planted-token" },
    { keys: { accessKey: "AK", secretKey: "planted-key", securityToken: "planted-security" } },
  ]) {
    const error = await transport(place, credentials)
      .send(request)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("planted");
  }
  expect(redacted("planted-token planted-key planted-security")).toBe("[secret] [secret] [secret]");
});
