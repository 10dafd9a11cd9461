/**
 * Protocol buffers as plain objects. A message is a table of the fields that this provider uses; others are skipped.
 * The classes that Pulumi's SDK has for these messages take several times the memory, and a fleet of thousands of tasks
 * arrives in one message.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
import { Reader, Writer } from "protobufjs/minimal";

export type Values = { readonly [name: string]: unknown };

/** A field of a message: how its value is read and written, and what it is when it was not sent. */
export interface Field<T> {
  readonly number: number;
  readonly empty: T;
  /** @param before what was read of this field so far */
  read(reader: Reader, before: T): T;
  write(writer: Writer, value: T): void;
}

export type Fields = { readonly [name: string]: Field<unknown> };
export type Message<F> = { readonly [N in keyof F]: F[N] extends Field<infer T> ? T : never };

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;

const tag = (number: number, wireType: number): number => (number << 3) | wireType;

export const string = (number: number): Field<string> => ({
  number,
  empty: "",
  read: (reader) => reader.string(),
  write: (writer, value) => writer.uint32(tag(number, LENGTH)).string(textOf(value)),
});

export const bytes = (number: number): Field<Uint8Array> => ({
  number,
  empty: new Uint8Array(),
  read: (reader) => reader.bytes(),
  write: (writer, value) => writer.uint32(tag(number, LENGTH)).bytes(value),
});

export const bool = (number: number): Field<boolean> => ({
  number,
  empty: false,
  read: (reader) => reader.bool(),
  write: (writer, value) => writer.uint32(tag(number, VARINT)).bool(value),
});

/** A number that is whole and not negative: an enum, a count. */
export const count = (number: number): Field<number> => ({
  number,
  empty: 0,
  read: (reader) => reader.uint32(),
  write: (writer, value) => writer.uint32(tag(number, VARINT)).uint32(value),
});

export const double = (number: number): Field<number> => ({
  number,
  empty: 0,
  read: (reader) => reader.double(),
  write: (writer, value) => writer.uint32(tag(number, FIXED64)).double(value),
});

/** A `google.protobuf.Struct`, as the object that it stands for. */
export const struct = (number: number): Field<Values | undefined> => ({
  number,
  empty: undefined,
  read: (reader) => readStruct(reader),
  write: (writer, value = {}) => writer.uint32(tag(number, LENGTH)).bytes(structBytes(value)),
});

/** A message in a message. */
export const message = <F extends Fields>(number: number, fields: F): Field<Partial<Message<F>> | undefined> => ({
  number,
  empty: undefined,
  read: (reader) => decode(fields, reader.bytes()),
  write: (writer, value = {}) => writer.uint32(tag(number, LENGTH)).bytes(encode(fields, value)),
});

/** One field for each item: strings and messages. */
export const repeated = <T>(item: Field<T>): Field<readonly T[]> => ({
  number: item.number,
  empty: [],
  read: (reader, before) => [...before, item.read(reader, item.empty)],
  write: (writer, values) => {
    for (const value of values) item.write(writer, value);
  },
});

export function decode<F extends Fields>(fields: F, sent: Uint8Array): Message<F> {
  const all = Object.entries(fields);
  const values: { [name: string]: unknown } = Object.fromEntries(all.map(([name, { empty }]) => [name, empty]));
  const reader = Reader.create(sent);
  eachField(reader, sent.length, (number) => {
    const [name, field] = all.find(([, one]) => one.number === number) ?? [];
    if (name !== undefined) values[name] = field?.read(reader, values[name]);
    return name !== undefined;
  });
  return values as Message<F>;
}

export function encode<F extends Fields>(fields: F, values: Partial<Message<F>>): Buffer {
  const writer = Writer.create();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) fields[name]?.write(writer, value);
  return Buffer.from(writer.finish());
}

/** @param read reads the value of a field that it knows; false leaves the field out */
function eachField(reader: Reader, end: number, read: (number: number) => boolean): void {
  while (reader.pos < end) {
    const key = reader.uint32();
    if (!read(key >>> 3)) reader.skipType(key & 7);
  }
}

/** Where the message ends whose length comes next. */
function endOf(reader: Reader): number {
  const length = reader.uint32();
  return reader.pos + length;
}

function readStruct(reader: Reader): Values {
  const entries: [string, unknown][] = [];
  eachField(reader, endOf(reader), () => entries.push(readEntry(reader)) > 0);
  return Object.fromEntries(entries);
}

function readEntry(reader: Reader): [string, unknown] {
  const entry: [string, unknown] = ["", null];
  eachField(reader, endOf(reader), (number) => {
    if (number === 1) entry[0] = reader.string();
    else entry[1] = readValue(reader);
    return true;
  });
  return entry;
}

/** A `google.protobuf.Value`: one of six fields. */
function readValue(reader: Reader): unknown {
  let value: unknown = null;
  eachField(reader, endOf(reader), (number) => {
    if (number === 2) value = reader.double();
    else if (number === 3) value = reader.string();
    else if (number === 4) value = reader.bool();
    else if (number === 5) value = readStruct(reader);
    else if (number === 6) value = readList(reader);
    else return false;
    return true;
  });
  return value;
}

function readList(reader: Reader): unknown[] {
  const items: unknown[] = [];
  eachField(reader, endOf(reader), () => items.push(readValue(reader)) > 0);
  return items;
}

/** Of text that is no Unicode, half a surrogate pair, the engine would refuse the whole message. */
const textOf = (text: string): string => text.toWellFormed();

/** As bytes of their own, since a writer remembers each step until it is finished. */
function structBytes(values: object): Uint8Array {
  const writer = Writer.create();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    writer.uint32(tag(1, LENGTH)).fork().uint32(tag(1, LENGTH)).string(textOf(key));
    writeValue(writer.uint32(tag(2, LENGTH)).fork(), value);
    writer.ldelim().ldelim();
  }
  return writer.finish();
}

function writeValue(writer: Writer, value: unknown): void {
  if (typeof value === "number") writer.uint32(tag(2, FIXED64)).double(value);
  else if (typeof value === "string") writer.uint32(tag(3, LENGTH)).string(textOf(value));
  else if (typeof value === "boolean") writer.uint32(tag(4, VARINT)).bool(value);
  else if (Array.isArray(value)) writeList(writer.uint32(tag(6, LENGTH)).fork(), value);
  else if (typeof value === "object" && value !== null) writer.uint32(tag(5, LENGTH)).bytes(structBytes(value));
  else writer.uint32(tag(1, VARINT)).uint32(0);
}

function writeList(writer: Writer, items: readonly unknown[]): void {
  for (const item of items) {
    writeValue(writer.uint32(tag(1, LENGTH)).fork(), item);
    writer.ldelim();
  }
  writer.ldelim();
}
