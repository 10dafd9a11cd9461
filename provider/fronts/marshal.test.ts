import fc from "fast-check";
import { redacted } from "../cloud/redaction";
import { UNKNOWN } from "../scheduledTask/fields";
import { unwrap, wrap } from "./marshal";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

/** Any value that a program may write, secret in any of its parts; a secret in a secret says no more than one. */
const name = fc.stringMatching(/^[a-z]{1,6}$/);
const leaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(UNKNOWN),
);
const { open } = fc.letrec<{ open: unknown; plain: unknown }>((tie) => ({
  open: fc.oneof({ depthSize: "small" }, tie("plain"), tie("plain").map(secret)),
  plain: fc.oneof(leaf, fc.array(tie("open"), { maxLength: 4 }), fc.dictionary(name, tie("open"), { maxKeys: 4 })),
}));
const properties = fc.dictionary(name, open, { maxKeys: 6 });

test("what comes in goes out: values, unknowns and secrets at their paths", () => {
  fc.assert(
    fc.property(properties, (sent) => {
      const { values, secrets } = unwrap(sent);
      expect(JSON.stringify(values)).not.toContain(SIGNATURE);
      expect(wrap(values, [secrets])).toEqual(sent);
    }),
  );
});

test("whatever a property that held a secret becomes, it stays secret", () => {
  fc.assert(
    fc.property(name, open, fc.oneof(leaf, fc.array(leaf), fc.dictionary(name, leaf)), (root, inner, later) => {
      const { secrets } = unwrap({ [root]: { inner: secret(inner) } });
      expect(wrap({ [root]: later }, [secrets])).toEqual({ [root]: secret(later) });
    }),
  );
});

test.each([
  ["null is nothing", { a: null, b: { c: null } }, { b: { c: null } }],
  ["the literal of the dynamic front is no property", { __provider: "x", a: 1 }, { a: 1 }],
  ["every unknown is one", { a: ["3eeb2bf0-c639-47a8-9e75-3b44932eb421"], b: UNKNOWN }, { a: [UNKNOWN], b: UNKNOWN }],
])("%s", (_, sent, values) => {
  expect(unwrap(sent).values).toEqual(values);
});

test("undefined is not sent", () => {
  expect(wrap({ a: undefined, b: 1 })).toEqual({ b: 1 });
});

test("no properties are none", () => {
  expect(unwrap(undefined).values).toEqual({});
});

test("what arrives as secret is in no message, also in the spelling that messages use", () => {
  unwrap({
    applyObjects: [{ objectId: secret("planted") }],
    taskName: "open",
    expireTime: secret("2020-02-03T4:05"),
    extraParams: secret('{"notify_message": "inside"}'),
  });
  expect(redacted("planted, open, 2020-02-03 04:05:00, inside")).toBe("[secret], open, [secret], [secret]");
});

test("what tasks have by themselves of a field that is secret on their fleet is secret too, and nothing else", () => {
  const { secrets } = unwrap({ extraParams: { notify_message: secret("planted") }, tasks: { a: {} } });
  const live = { taskName: "a", extraParams: "written elsewhere" };
  const kept = { extraParams: { notify_message: "planted" }, tasks: { a: live, b: "text" }, taskIds: { a: "1" } };
  const hidden = {
    extraParams: { notify_message: secret("planted") },
    tasks: { a: { ...live, extraParams: secret("written elsewhere") }, b: "text" },
    taskIds: { a: "1" },
  };
  expect(wrap(kept, [secrets])).toEqual(hidden);
  expect(wrap({ ...kept, tasks: UNKNOWN }, [secrets])).toEqual({ ...hidden, tasks: UNKNOWN });
  const all = unwrap({ description: secret("x"), tasks: secret({ a: { description: "y" } }) });
  expect(wrap(all.values, [all.secrets])).toEqual({
    description: secret("x"),
    tasks: secret({ a: { description: "y" } }),
  });
});
