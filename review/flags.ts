import type { Language } from "../provider/scheduledTask/fields";

export const formats = ["markdown", "html", "json", "junit"] as const;
export type Format = (typeof formats)[number];

/** Exit codes by what a run is told to fail on; the highest wins. 1 is an error. */
export const failures = { changes: 2, drift: 3, guard: 4 } as const;
export type Failure = keyof typeof failures;

export interface ReviewFlags {
  readonly stack: readonly string[];
  readonly cwd: string;
  readonly save?: string;
  readonly from?: string;
  readonly format: Format;
  readonly output?: string;
  /** Whether to keep a comment on the request that the CI job belongs to. */
  readonly comment?: boolean;
  /** @default that of the variable HW_LANG, or of the saved report */
  readonly lang?: Language;
  /** The instant of the review. @default when the previews were made */
  readonly at?: Date;
  readonly failOn: readonly Failure[];
  readonly unmanaged?: boolean;
  readonly ignore: readonly string[];
}
