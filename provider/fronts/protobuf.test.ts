import * as proto from "@pulumi/pulumi/proto/provider_pb";
import fc from "fast-check";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { bool, bytes, count, decode, double, encode, message, repeated, string, struct } from "./protobuf";
import { providerMethods } from "./protocol";

/** What a Struct may hold; the classes of Pulumi's SDK know no property of that one name. */
const name = fc.string({ unit: "grapheme" }).filter((one) => one !== "__proto__");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const values = fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true });

test("a Struct that Pulumi's classes write is read as it was meant", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), values, (urn, news) => {
      const request = new proto.CheckRequest();
      request.setUrn(urn);
      request.setNews(Struct.fromJavaScript(news as { [name: string]: JavaScriptValue }));
      request.setRandomseed("c2VlZA==");
      const read = providerMethods.check.requestDeserialize(request.serializeBinary());
      expect(read).toEqual({ urn, olds: undefined, news });
    }),
  );
});

test("a Struct that is written is what Pulumi's classes read", () => {
  fc.assert(
    fc.property(values, (inputs) => {
      const written = providerMethods.check.responseSerialize({ inputs, failures: [{ reason: "a" }, { reason: "b" }] });
      const read = proto.CheckResponse.deserializeBinary(written);
      expect(read.getInputs()?.toJavaScript()).toEqual(inputs);
      expect(read.getFailuresList().map((failure) => failure.getReason())).toEqual(["a", "b"]);
    }),
  );
});

test("a property of any name is one of its own, and one that is undefined is none", () => {
  const odd = JSON.parse('{"__proto__": {"a": [1]}, "": true}');
  const fields = { odd: struct(1) };
  expect(decode(fields, encode(fields, { odd: { ...odd, b: undefined } })).odd).toEqual(odd);
});

/** A field of every type, behind those of a shorter message. */
const short = { first: string(1), last: bool(2) };
const long = {
  ...short,
  bytes: bytes(3),
  count: count(4),
  double: double(5),
  struct: struct(6),
  inner: message(7, { text: string(1), numbers: repeated(message(2, { number: double(1) })) }),
  texts: repeated(string(2_000)),
};

test("every type of field comes back, and what was not sent is empty", () => {
  const sent = {
    first: "a",
    last: true,
    bytes: Uint8Array.of(0, 255),
    count: 4_000_000_000,
    double: -0.5,
    struct: { a: { b: [null, {}] } },
    inner: { text: "", numbers: [{ number: 1 }, { number: 2 }] },
    texts: ["x", "", "y"],
  };
  const read = decode(long, encode(long, sent));
  expect({ ...read, bytes: [...read.bytes] }).toEqual({ ...sent, bytes: [0, 255] });
  expect(decode(long, new Uint8Array())).toEqual({
    first: "",
    last: false,
    bytes: new Uint8Array(),
    count: 0,
    double: 0,
    struct: undefined,
    inner: undefined,
    texts: [],
  });
});

test("a field that is not known is skipped, of whatever type it is", () => {
  const sent = encode(long, { first: "a", bytes: Uint8Array.of(1), count: 1, double: 1, struct: { a: 1 }, last: true });
  expect(decode(short, sent)).toEqual({ first: "a", last: true });
});

test("half a surrogate pair does not spoil the message", () => {
  const sent = providerMethods.check.responseSerialize({ inputs: { "a\ud83d": "b\ud83dx" } });
  expect(() => new TextDecoder("utf-8", { fatal: true }).decode(sent)).not.toThrow();
  expect(proto.CheckResponse.deserializeBinary(sent).getInputs()?.toJavaScript()).toEqual({ "a\ufffd": "b\ufffdx" });
});
