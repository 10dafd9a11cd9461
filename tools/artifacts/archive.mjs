import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { create } from "tar";

/** The date of every file in every artifact: the one that npm gives, and late enough for a zip. */
export const packedAt = new Date("1985-10-26T08:15:00Z");

export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** A tar.gz of the files of a folder that tells nothing but their names, bytes and which of them can be executed. */
export const archive = (file, folder) =>
  create(
    {
      file,
      cwd: folder,
      gzip: { level: 9 },
      portable: true,
      mtime: packedAt,
      filter: (_path, stat) => {
        stat.mode = (stat.mode & ~0o777) | (stat.mode & 0o100 ? 0o755 : 0o644);
        return true;
      },
    },
    filesIn(folder),
  );
