const swc = [
  "@swc/jest",
  { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
];
/** Node loads the ES modules of temporal-polyfill with require, jest on Node 22 does not. */
const compiled = {
  transform: { "^.+\\.ts$": swc, "/node_modules/temporal-.+\\.js$": swc },
  transformIgnorePatterns: ["/node_modules/(?!temporal-)"],
};

const project = (displayName, folders) => ({
  displayName,
  testEnvironment: "node",
  ...compiled,
  testMatch: [`<rootDir>/${folders}/**/*.test.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
});

/** Unit tests stand beside their file and need no engine; the suites in test/ run through the built package and a real engine. */
module.exports = {
  // A bound on what hangs, never a limit of speed: a busy machine takes many times as long.
  testTimeout: 120_000,
  projects: [
    project("unit", "{provider,sdk,emulator,tools,review,export,policies,bench,test/core}"),
    project("clients", "test/clients"),
    project("dialects", "test/dialects"),
    project("page", "test/page"),
    project("engine", "test/engine"),
    project("packages", "test/packages"),
    project("faults", "test/faults"),
  ],
};
