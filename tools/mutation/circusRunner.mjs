/**
 * A test runner for Stryker that runs our suites on jest's engine, circus, in the process that Stryker keeps: starting
 * jest takes seconds, loading a suite milliseconds. As in jest, no suite shares our modules with another one; and they
 * are loaded anew for each mutant, so that none meets what an earlier one left behind.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { transformFileSync } from "@swc/core";
import { expect } from "expect";
import * as circus from "jest-circus";
import jestConfig from "../../jest.config.js";

/**
 * The tests of the core, without the emulator's own and without random ones, which would make a survivor a matter of luck.
 * Quick ones first: a mutant is most often killed by one of them, and the rest need not run.
 */
const suites = [
  "provider/scheduledTask/*.test.ts",
  "tools/generate/*.test.ts",
  "test/core/{failures,functions,imported,messages,review,writes}.test.ts",
  "test/core/lifecycle.test.ts",
  "test/core/{exactlyOnce,hostile}.test.ts",
];

const { cache, extensions } = createRequire(import.meta.url);
const [, compilerOptions] = jestConfig.projects[0].transform["^.+\\.ts$"];
const compiled = new Map();

/** Through it instrumented code learns which mutant is active, and notes which test reaches which mutant. */
const instruments = {};

const suite = new AsyncLocalStorage();
let unhandled = new Map();

const nameOf = ({ name, parent }) => (parent ? `${nameOf(parent)} ${name}` : name);
const testsOf = ({ children }) => children.flatMap((child) => (child.type === "test" ? [child] : testsOf(child)));

function prepareProcess() {
  const { describe, test, it, beforeAll, beforeEach, afterEach, afterAll } = circus;
  // Whatever a suite allows: after the five seconds of circus a test hangs, and the mutant is found.
  const jest = { setTimeout: () => undefined };
  Object.assign(globalThis, { describe, test, it, beforeAll, beforeEach, afterEach, afterAll, expect, jest });
  globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] = instruments;
  extensions[".ts"] = (module, file) => {
    if (!compiled.has(file)) compiled.set(file, transformFileSync(file, compilerOptions).code);
    module._compile(compiled.get(file), file);
  };
  // As in jest, an error that nobody waits for fails the suite it comes from; too late, it fails nothing.
  const note = (key, error) => suite.getStore() === unhandled && unhandled.set(key, error);
  process.on("uncaughtException", (error) => note(error, error));
  process.on("unhandledRejection", (reason, promise) => note(promise, reason));
  process.on("rejectionHandled", (promise) => unhandled.delete(promise));
}

function load(file) {
  for (const loaded of Object.keys(cache)) if (!loaded.includes("/node_modules/")) delete cache[loaded];
  circus.resetState();
  const { rootDescribeBlock } = circus.getState();
  rootDescribeBlock.name = file;
  createRequire(resolve(file))(resolve(file));
  return testsOf(rootDescribeBlock);
}

async function run(tests, bail) {
  const watch = ({ name, test }) => {
    if (name === "test_start") instruments.currentTestId = nameOf(test);
    if (name === "test_done" || name === "test_skip") instruments.currentTestId = undefined;
    if (name === "test_done" && test.errors.length > 0 && bail) for (const each of tests) each.mode = "skip";
  };
  circus.addEventHandler(watch);
  unhandled = new Map();
  const { testResults, unhandledErrors } = await suite.run(unhandled, circus.run);
  await setImmediate();
  circus.removeEventHandler(watch);
  return { testResults, errors: [...unhandledErrors, ...unhandled.values()] };
}

const result = (name, status, timeSpentMs) => ({ id: name, name, status, timeSpentMs });
const failure = (name, error) => ({ ...result(name, TestStatus.Failed, 0), failureMessage: String(error) });

function resultOf({ testPath, status, errors, duration }) {
  const name = testPath.join(" ");
  if (errors.length > 0) return failure(name, errors[0]);
  return status === "done" ? result(name, TestStatus.Success, duration) : result(name, TestStatus.Skipped, 0);
}

async function runSuite(file, { selected, bail, mutant, activeOnLoad }) {
  instruments.activeMutant = activeOnLoad ? mutant : undefined;
  let tests;
  try {
    tests = load(file);
  } catch (error) {
    return [failure(file, error)];
  }
  for (const test of tests) if (selected && !selected.has(nameOf(test))) test.mode = "skip";
  instruments.activeMutant = mutant;
  const { testResults, errors } = await run(tests, bail);
  return [...testResults.map(resultOf), ...errors.map((error) => failure(file, error))];
}

async function runSuites(options) {
  const results = [];
  for (const file of suites.flatMap((pattern) => globSync(pattern).sort())) {
    if (options.selected && ![...options.selected].some((name) => name.startsWith(file))) continue;
    results.push(...(await runSuite(file, options)));
    if (options.bail && results.some(({ status }) => status === TestStatus.Failed)) break;
  }
  return results;
}

class CircusRunner {
  init = prepareProcess;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    instruments.mutantCoverage = { static: {}, perTest: {} };
    const tests = await runSuites({});
    return { status: DryRunStatus.Complete, tests, mutantCoverage: instruments.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }) {
    Object.assign(instruments, { hitCount: 0, hitLimit });
    const tests = await runSuites({
      mutant: activeMutant.id,
      activeOnLoad: mutantActivation === "static",
      selected: testFilter && new Set(testFilter),
      bail: !disableBail,
    });
    const outOfHits = determineHitLimitReached(instruments.hitCount, hitLimit);
    return toMutantRunResult(outOfHits ?? { status: DryRunStatus.Complete, tests });
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "circus", CircusRunner)];
