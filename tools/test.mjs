/**
 * Runs everything that is checked here. Its last line is `N passed, N failed`.
 *
 *   node tools/test.mjs [check] [unit] [fronts] [clients] [dialects] [page] [engine] [packages] [-- arguments of jest]
 *   node tools/test.mjs plugin|fleet|managers|faults [-- arguments of jest]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnGroup } from "./childProcess.mjs";
import { prepare, prepareBuild, repository } from "./prepare.mjs";

const parts = {
  check: runChecks,
  unit: ({ env, jestArguments }) => runJest("unit", env, jestArguments),
  // With fewer random sequences, of which `unit` plays more.
  fronts: ({ env, ...settings }) =>
    inTurn(["plugin", "fleet", "pluginFleet"], (front) =>
      runCore(front, { ...settings, env: { MODEL_RUNS: "100", ...env } }),
    ),
  clients: ({ env, jestArguments }) => runJest("clients", env, jestArguments),
  // Much of their time is waiting for a list that lags, so more of them run at once than there are cores.
  dialects: ({ env, jestArguments }) => runJest("dialects", env, ["--maxWorkers=3", ...jestArguments]),
  page: ({ env, jestArguments }) => runJest("page", env, jestArguments),
  engine: async ({ jestArguments }) => runJest("engine", await prepare(), jestArguments),
  packages: (settings) => runPackages("npm", settings),
};
/** What takes too long for each time; each is a script of package.json, such as `npm run test:faults`. */
const onRequest = {
  plugin: through("plugin", ["options", "replace", "fields", "badInput", "exactlyOnce", "requests"]),
  fleet: (settings) => inTurn(["fleet", "pluginFleet"], (front) => through(front, [])(settings)),
  managers: (settings) => runPackages("", settings),
  faults: async ({ jestArguments }) =>
    runJest("faults", await prepare(), [`--reporters=${faultTable}`, "--maxWorkers=2", ...jestArguments]),
};
const faultTable = join(repository, "test", "faults", "table.cjs");
const rowTable = join(repository, "test", "rows.cjs");

/** The packed package, installed by one package manager, or by each. */
async function runPackages(manager, { jestArguments }) {
  const pattern = `--testPathPatterns=test/packages/${manager}`;
  return runJest("packages", await prepare(), [`--reporters=${rowTable}`, pattern, ...jestArguments]);
}

/** The suites of the core that drive a task through the front that `FRONT` names. */
const runCore = (front, { env, jestArguments }) =>
  runJest("unit", { ...env, FRONT: front }, ["--findRelatedTests", "test/core/fronts.ts", ...jestArguments]);

/** The suites that know every front, through this one: the core in process, the dialects, and these of the engine. */
function through(front, engineSuites) {
  return async ({ jestArguments }) => {
    const env = { ...(await prepare()), FRONT: front };
    const counts = [await runCore(front, { env, jestArguments })];
    if (engineSuites.length > 0) {
      const patterns = `--testPathPatterns=test/engine/(${engineSuites.join("|")})\\.test`;
      counts.push(await runJest("engine", env, [patterns, ...jestArguments]));
    }
    counts.push(await runJest("dialects", env, ["--maxWorkers=3", ...jestArguments]));
    return sumOf(counts);
  };
}
/** What jest may need to exit after its report; a longer wait means that a test left something open. */
const exitMs = 15_000;

async function runChecks({ env }) {
  const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  const steps = scripts.check.match(/check:[\w-]+/g);
  return inTurn(steps, (step) => runCheck(step, env));
}

async function runCheck(step, env) {
  const started = Date.now();
  const { child, ended } = spawnGroup("npm", ["run", "--silent", step], { cwd: repository, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const passed = (await ended) === 0;
  console.log(`${passed ? "ok  " : "FAIL"} ${step} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(output.trimEnd().replace(/^/gm, "     "));
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runJest(project, env, jestArguments) {
  const folder = mkdtempSync(join(tmpdir(), "jest-report-"));
  const report = join(folder, "report.json");
  const ownArguments = [
    "--ci",
    `--selectProjects=${project}`,
    `--reporters=${join(repository, "test", "reporter.cjs")}`,
  ];
  const reportArguments = ["--json", `--outputFile=${report}`];
  const jest = join(repository, "node_modules", "jest", "bin", "jest.js");
  const args = [jest, ...ownArguments, ...reportArguments, ...jestArguments];
  try {
    const run = spawnGroup("node", args, { cwd: repository, env, stdio: "inherit" });
    const exitedByItself = watchExit(run, report);
    const code = await run.ended;
    if (!existsSync(report)) throw new Error(`jest ended with code ${code} and no report`);
    return countOf(report, code === 0 && exitedByItself());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends a jest that has reported but does not exit, and in any case what it left behind. */
function watchExit({ ended, endGroup }, report) {
  let reportedAtMs;
  let stuck = false;
  const watch = setInterval(() => {
    if (existsSync(report)) reportedAtMs ??= Date.now();
    if (Date.now() - reportedAtMs > exitMs) {
      stuck = true;
      console.log(`FAIL jest did not exit ${exitMs / 1000} s after its report: a test left something open`);
      endGroup();
    }
  }, 500);
  const stopWatching = () => {
    clearInterval(watch);
    endGroup();
  };
  ended.then(stopWatching, stopWatching);
  return () => !stuck;
}

/** jest also fails without a failed test: on a suite that does not load, no test at all, or an error after the tests. */
function countOf(report, succeeded) {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
}

/** Runs one after the other, and counts them together. */
async function inTurn(names, run) {
  const counts = [];
  for (const name of names) counts.push(await run(name));
  return sumOf(counts);
}

function sumOf(counts) {
  return counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

async function runParts(names, jestArguments) {
  try {
    const env = await prepareBuild();
    return await inTurn(names, (name) => runPart(name, { env, jestArguments }));
  } catch (error) {
    console.log(`FAIL ${names.join(", ")} did not start\n${error.message}`);
    return { passed: 0, failed: names.length };
  }
}

async function runPart(name, settings) {
  try {
    return await { ...parts, ...onRequest }[name](settings);
  } catch (error) {
    console.log(`FAIL ${name} did not run to its end\n${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

function parseArguments(args) {
  const separator = args.indexOf("--");
  const names = separator < 0 ? args : args.slice(0, separator);
  const unknown = names.find((name) => !(name in parts || name in onRequest));
  if (unknown !== undefined) {
    console.error(
      `npm test: "${unknown}" is none of ${Object.keys({ ...parts, ...onRequest }).join(", ")}; arguments of jest stand after --`,
    );
    process.exit(2);
  }
  return { names: names.length > 0 ? names : Object.keys(parts), jestArguments: args.slice(names.length + 1) };
}

const { names, jestArguments } = parseArguments(process.argv.slice(2));
const { passed, failed } = await runParts(names, jestArguments);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
