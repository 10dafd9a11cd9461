import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync, transformSync } from "esbuild";

const folder = join(__dirname, "../../review/page");

/** The script and the style of the review's page, as texts that it embeds. */
export function pageSource(): string {
  const style = transformSync(readFileSync(join(folder, "style.css"), "utf8"), { loader: "css", minify: true }).code;
  return `// Generated from review/page by \`npm run generate\`.
export const pageScript = ${JSON.stringify(script())};
export const pageStyle = ${JSON.stringify(style)};
`;
}

function script(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, "client", "main.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    write: false,
    tsconfigRaw: {},
  });
  return outputFiles.map(({ text }) => text).join("");
}
