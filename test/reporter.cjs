const { relative } = require("node:path");

/** One line a suite, and each failure in full. It prints no totals: those are counted over all runners by tools/test.mjs. */
module.exports = class SuiteReporter {
  onTestResult({ context, path }, result) {
    const file = relative(context.config.rootDir, path);
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    const verdict = result.failureMessage ? "FAIL" : "ok  ";
    const tests = count(result.numPassingTests + result.numFailingTests);
    process.stdout.write(`${verdict} ${file} (${tests}, ${seconds} s)\n`);
    for (const { fullName, status } of result.testResults) {
      if (status === "pending" || status === "todo") process.stdout.write(`     skipped: ${fullName}\n`);
    }
    if (!result.failureMessage) return;
    for (const { message } of result.console ?? []) process.stdout.write(indented(message));
    process.stdout.write(indented(result.failureMessage));
  }
};

function count(tests) {
  return tests === 1 ? "1 test" : `${tests} tests`;
}

function indented(text) {
  return text.trimEnd().replace(/^/gm, "     ").concat("\n");
}
