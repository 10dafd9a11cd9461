const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** Unit tests stand beside their file and need no engine; the suites in test/ run through the built package and a real engine. */
module.exports = {
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/{provider,sdk,emulator,tools,review,test/core}/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "clients",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/clients/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "dialects",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/dialects/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "engine",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "packages",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/packages/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
    {
      displayName: "faults",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/faults/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
    },
  ],
};
