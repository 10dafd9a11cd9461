import type { Step } from "./steps";

/** What a tool is asked in each step, without what only keeps it from asking back. */
export type Commands = { readonly [S in Step]: string };

export const pulumiCommands: Commands = {
  create: "up",
  "nothing changed": "preview --refresh",
  "drift check": "refresh --preview-only",
  "change 10%": "up",
  "repair drift of 5%": "up --refresh",
  destroy: "destroy",
};

export const terraformCommands: Commands = {
  create: "apply",
  "nothing changed": "plan",
  "drift check": "plan -refresh-only",
  "change 10%": "apply",
  "repair drift of 5%": "apply",
  destroy: "destroy",
};

/** Words that peers/sdk/tasks.py knows. */
export const sdkCommands: Commands = {
  create: "create",
  "nothing changed": "read",
  "drift check": "read",
  "change 10%": "update",
  "repair drift of 5%": "repair",
  destroy: "destroy",
};
