const { projects } = require("./jest.config");

/** What mutation testing runs: the tests of the core, without the emulator's own and without random ones, which would make a survivor a matter of luck. */
module.exports = {
  testSequencer: "<rootDir>/test/quickFirst.cjs",
  ...projects.find(({ displayName }) => displayName === "unit"),
  testEnvironment: require.resolve("./test/failFast.cjs"),
  testTimeout: 3_000,
  testMatch: [
    "<rootDir>/provider/scheduledTask/**/*.test.ts",
    "<rootDir>/tools/generate/*.test.ts",
    "<rootDir>/test/core/{lifecycle,writes,failures,exactlyOnce,review,functions,imported,messages,hostile}.test.ts",
  ],
};
