/** The one-way rules of the architecture: sdk -> fronts -> scheduledTask -> cloud; the emulator stands alone. */
const forbid = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    forbid(
      "cloud-knows-no-core",
      "^provider/cloud/",
      "^provider/(scheduledTask|scheduledTaskFleet|fronts)/|^(sdk|review|emulator|tools)/",
      "The client knows the API, not the resource.",
    ),
    forbid(
      "a-task-knows-no-fleet",
      "^provider/scheduledTask/",
      "^provider/scheduledTaskFleet/",
      "A fleet is made of tasks, and no rule about a task is written twice.",
    ),
    forbid(
      "core-knows-no-front",
      "^provider/scheduledTask(Fleet)?/",
      "^provider/fronts/|^(sdk|review|emulator|tools)/",
      "The core knows no front.",
    ),
    forbid(
      "pure-core",
      "^provider/(scheduledTask/(fields|check|diff|wire|calendar|schedule|nextRuns|scheduleText|fieldChange|sentences|words|english|chinese)|scheduledTaskFleet/(fleet|check|steps|planned))\\.ts$",
      "^provider/cloud/|^(node:)?(fs|http|https|net|child_process|process|os|timers)",
      "Check, diff, wire, the calendar and the sentences are pure: no clock, no network, no environment.",
    ),
    forbid(
      "fronts-know-no-sdk",
      "^provider/fronts/",
      "^(sdk|review|emulator|tools)/",
      "A front decodes, calls the core, encodes.",
    ),
    forbid(
      "nothing-imports-a-front",
      "^(sdk|review|emulator|provider/(scheduledTask|scheduledTaskFleet|cloud))/",
      "^provider/fronts/",
      "Only its entry point names a front.",
    ),
    forbid(
      "nothing-imports-the-policies",
      "^(provider|sdk|review|emulator)/",
      "^policies/",
      "A policy pack judges what is declared; nothing depends on it.",
    ),
    forbid(
      "emulator-stands-alone",
      "^emulator/",
      "^(provider|sdk|review|policies)/",
      "A mapping error must not hide on both sides.",
    ),
    {
      name: "temporal-loads-late",
      severity: "error",
      comment: "It is large, and neither a program nor the plugin needs it to start.",
      from: {
        path: "^(provider|sdk|tools)/",
        pathNot: "^provider/(scheduledTask/(nextRuns|sentences)(\\.test)?|fronts/story)\\.ts$",
      },
      to: {
        path: "^provider/scheduledTask/(nextRuns|sentences)\\.ts$|temporal-polyfill",
        dependencyTypesNot: ["dynamic-import", "type-only"],
      },
    },
    {
      name: "pulumi-loads-light",
      severity: "error",
      comment: "sdk/pulumi.ts says why; types cost nothing.",
      from: { path: "^sdk/", pathNot: "\\.test\\.ts$|^sdk/pulumi\\.ts$" },
      to: { path: "@pulumi/pulumi", dependencyTypesNot: ["type-only"] },
    },
    forbid(
      "export-asks-the-core",
      "^export/",
      "^provider/(fronts|scheduledTaskFleet)/|^review/(?!(stack|shellWord)\\.ts$)|^(sdk|emulator|tools)/",
      "An export reads tasks as the core does, and prints them.",
    ),
    forbid(
      "nothing-knows-the-export",
      "^(provider|sdk|review|emulator)/",
      "^export/",
      "Only the command line starts it.",
    ),
    forbid(
      "pure-export",
      "^export/(names|text|layout|program|typescript|python|go|yaml|importFile|writers)\\.ts$",
      "^provider/cloud/|^(node:)?(fs|http|https|net|child_process|process|os|timers)",
      "Tasks in, text out.",
    ),
    forbid(
      "pure-review",
      "^review/(preview|members|versions|tasks|touched|rules|report|story|waysOut|shellWord|untold|whenText|conflicts|targets|markdown|markdownLength|markdownText|junit|valueText|causeText|readable|words)\\.ts$",
      "^provider/cloud/|^(node:)?(fs|http|https|net|child_process|process|os|timers)",
      "What a review finds and how it is written is pure: events in, text out.",
    ),
    {
      name: "no-orphan-dev-imports",
      severity: "error",
      from: { path: "^(provider|sdk|emulator|review|export|policies)/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "@pulumi/pulumi" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^(dist|sdk/plugin)/" },
  },
};
