const RowReporter = require("../rows.cjs");

/** Its rows, and the sum of what every row asks the emulator for. */
module.exports = class TableReporter extends RowReporter {
  onRunComplete() {
    const { passed, failed } = this.rows;
    const none = "0 orphans, 0 duplicates, 0 lost updates, 0 live tasks deleted";
    process.stdout.write(`faults: ${passed} rows green, ${failed} red${failed === 0 ? `: ${none}` : ""}\n`);
  }
};
