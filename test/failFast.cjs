const { TestEnvironment } = require("jest-environment-node");

/** A test environment of jest for mutation testing: after a failed test the others of its file are skipped. */
module.exports = class FailFast extends TestEnvironment {
  failed = false;

  handleTestEvent({ name, test }) {
    if (name === "test_fn_failure" || name === "hook_failure") this.failed = true;
    if (name === "test_start" && this.failed) test.mode = "skip";
  }
};
