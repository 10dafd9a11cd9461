import { spawn } from "node:child_process";
import { constants } from "node:os";

const progressIntervalMs = 10_000;
const shownOutputLines = 60;
const stopMs = 10_000;

/**
 * Starts a command without stdin, as the leader of its own process group, so that `endGroup` ends all that it started.
 * When this process is interrupted, so is the group, and this process exits with it.
 */
export function spawnGroup(command, args, { stdio = "pipe", ...options } = {}) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", stdio, stdio], detached: true });
  const endGroup = (signal = "SIGKILL") => signalGroup(child.pid, signal);
  const interrupted = (signal) => {
    child.once("close", () => process.exit(128 + constants.signals[signal]));
    // An engine stops its plugins on SIGINT; they are in groups of their own and would outlive a killed one.
    endGroup("SIGINT");
    setTimeout(endGroup, stopMs);
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  const ended = new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(new Error(`cannot start ${command}: ${cause.message}`, { cause })));
    child.once("close", (code) => resolve(code));
  }).finally(() => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  });
  return { child, ended, endGroup };
}

/**
 * Runs a command to its end, quietly: one line that says what is done, then the elapsed time every ten seconds, on stderr.
 * Throws with the end of the command's output when it fails, or is silent for longer than `silenceMs`.
 */
export async function runWithProgress(what, command, args, { silenceMs, ...options } = {}) {
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  process.stderr.write(`${what}\n`);
  const { child, ended, endGroup } = spawnGroup(command, args, options);

  let output = "";
  let silent = false;
  const startSilence = () =>
    silenceMs &&
    setTimeout(() => {
      silent = true;
      endGroup();
    }, silenceMs);
  let silence = startSilence();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      clearTimeout(silence);
      silence = startSilence();
    });
  }
  const progress = setInterval(() => process.stderr.write(`${what}: ${elapsed()}\n`), progressIntervalMs);
  const code = await ended
    .catch((error) => {
      throw new Error(`${what}: ${error.message}`, { cause: error });
    })
    .finally(() => {
      clearInterval(progress);
      clearTimeout(silence);
    });
  if (silent) throw new Error(`${what}: no answer in ${silenceMs / 1000} s`);
  if (code !== 0) throw new Error(`${what}: ${command} ended with code ${code}\n${lastLines(output)}`);
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function lastLines(output) {
  return output.trimEnd().split("\n").slice(-shownOutputLines).join("\n");
}
