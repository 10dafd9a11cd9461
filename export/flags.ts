export const formats = ["typescript", "typescript-plugin", "python", "go", "yaml", "fleet", "import"] as const;
export type Format = (typeof formats)[number];

export interface ExportFlags {
  readonly format: Format;
  readonly output?: string;
  readonly filter: readonly string[];
  readonly type: readonly string[];
  readonly split?: boolean;
  readonly marked?: boolean;
  readonly secrets?: string;
  readonly stack: readonly string[];
  readonly cwd: string;
  readonly endpoint?: string;
}
