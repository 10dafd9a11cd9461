const quickest = [
  "diff",
  "wire",
  "state",
  "creations",
  "check",
  "calendar",
  "outputs",
  "failures",
  "functions",
  "imported",
  "messages",
  "writes",
  "review",
  "lifecycle",
  "exactlyOnce",
  "hostile",
];

/** A test sequencer of jest. Quick suites first: a mutant is most often killed by one of them, and the rest need not run. */
module.exports = class QuickFirst {
  sort(tests) {
    const place = ({ path }) => quickest.findIndex((name) => path.includes(`/${name}.test`));
    return [...tests].sort((a, b) => place(a) - place(b));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
