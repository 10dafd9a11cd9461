/** A Chromium that comes from npm and needs nothing installed: no browser, no fonts, no library beside those of Debian. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { extract } from "tar";
import { userCache } from "../../tools/userCache";
import { chineseFont, fontVersion } from "./fonts";

/** Where the npm package of the browser is. */
const packageFolder = join(dirname(require.resolve("@sparticuz/chromium")), "..");

/** Starts it. Whoever asks for it closes it. */
export async function startBrowser(): Promise<Browser> {
  const folder = unpacked();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // In a container tests run as root, for whom Chromium has no sandbox.
    args: ["--no-sandbox", "--font-render-hinting=none"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, "lib")].filter(Boolean).join(":"),
      FONTCONFIG_FILE: join(folder, "own-fonts.conf"),
    },
  });
}

/** Unpacked once for each version of the browser and of its font. */
function unpacked(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const folder = join(userCache(), `chromium-${version}-font-${fontVersion}`);
  if (existsSync(folder)) return folder;
  mkdirSync(userCache(), { recursive: true });
  const fresh = mkdtempSync(join(userCache(), "chromium-"));
  writeFileSync(join(fresh, "chromium"), packed("chromium.br"), { mode: 0o755 });
  for (const name of ["al2023", "fonts"]) {
    const archive = join(fresh, `${name}.tar`);
    writeFileSync(archive, packed(`${name}.tar.br`));
    extract({ file: archive, cwd: fresh, sync: true });
  }
  writeFileSync(join(fresh, "fonts/chinese.otf"), chineseFont());
  writeFileSync(join(fresh, "own-fonts.conf"), fontSettings(folder));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another process may have unpacked it at the same time; what it has is the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

const packed = (name: string): Buffer => brotliDecompressSync(readFileSync(join(packageFolder, "bin", name)));

/** Open Sans is for all that it has, in any weight, and the other font for the rest. */
const fontSettings = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, "font-cache")}</cachedir>
<match target="pattern"><test qual="all" name="family" compare="not_eq"><string>monospace</string></test>
<edit name="family" mode="append_last"><string>Open Sans</string></edit></match></fontconfig>
`;
