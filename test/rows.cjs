/** One line a row of a table, as soon as it is known. */
module.exports = class RowReporter {
  rows = { passed: 0, failed: 0 };

  onTestCaseResult(_test, { title, status, duration }) {
    if (status !== "passed" && status !== "failed") return;
    this.rows[status]++;
    const seconds = ((duration ?? 0) / 1000).toFixed(1).padStart(6);
    process.stdout.write(`${status === "passed" ? "ok  " : "FAIL"} ${seconds} s  ${title}\n`);
  }
};
