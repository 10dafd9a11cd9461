/** A font with Chinese characters for the browser, out of an npm package: the browser's own fonts have none. */
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

const woff = require.resolve("@fontsource/unifontex/files/unifontex-latin-400-normal.woff");

/** Bytes of the header of a WOFF file, and of its entry for each table; the same of an OpenType file. */
const packed = { header: 44, entry: 20 };
const plain = { header: 12, entry: 16 };

/** As the system of the browser reads it, OpenType: what WOFF (https://www.w3.org/TR/WOFF/) packs. */
export function chineseFont(): Buffer {
  const font = readFileSync(woff);
  const count = font.readUInt16BE(12);
  const head = Buffer.alloc(plain.header + count * plain.entry);
  font.copy(head, 0, 4, 8);
  const power = Math.floor(Math.log2(count));
  for (const [place, value] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries())
    head.writeUInt16BE(value, 4 + 2 * place);
  const parts = [head];
  let end = head.length;
  for (let place = 0; place < count; place++) {
    const entry = font.subarray(packed.header + place * packed.entry);
    const [start, length, originalLength] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const bytes = font.subarray(start, start + length);
    const table = length < originalLength ? inflateSync(bytes) : bytes;
    const written = plain.header + place * plain.entry;
    entry.copy(head, written, 0, 4);
    entry.copy(head, written + 4, 16, 20);
    head.writeUInt32BE(end, written + 8);
    head.writeUInt32BE(table.length, written + 12);
    const filled = Buffer.alloc(Math.ceil(table.length / 4) * 4);
    table.copy(filled);
    parts.push(filled);
    end += filled.length;
  }
  return Buffer.concat(parts);
}

/** Of the package that it comes from. */
export const fontVersion: string = (
  JSON.parse(readFileSync(require.resolve("@fontsource/unifontex/package.json"), "utf8")) as { version: string }
).version;
