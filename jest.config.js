const swc = [
  "@swc/jest",
  { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
];
/** Node loads the ES modules of temporal-polyfill with require, jest on Node 22 does not. */
const compiled = {
  transform: { "^.+\\.ts$": swc, "/node_modules/temporal-.+\\.js$": swc },
  transformIgnorePatterns: ["/node_modules/(?!temporal-)"],
};

/** Unit tests stand beside their file and need no engine; the suites in test/ run through the built package and a real engine. */
module.exports = {
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/{provider,sdk,emulator,tools,review,test/core}/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "clients",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/clients/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "dialects",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/dialects/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "page",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/page/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "engine",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "packages",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/packages/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "faults",
      testEnvironment: "node",
      ...compiled,
      testMatch: ["<rootDir>/test/faults/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
  ],
};
