import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

export const pipelines = resolve(__dirname, "../../examples/pipelines");

/** What a machine of a CI is told to run, in order, until one fails. */
export interface Job {
  /** What lies beside the project, by name. */
  readonly files?: { readonly [name: string]: string };
  readonly steps: readonly { readonly run: string; readonly env: { readonly [name: string]: string } }[];
}

/**
 * The only job of a workflow, without what actions of others do.
 *
 * @param values of the expressions in it, such as `vars.HW_PROJECT_ID`
 */
export function gitHubJob(file: string, values: { readonly [expression: string]: string }): Job {
  const workflow = parse(readFileSync(join(pipelines, "github", file), "utf8"));
  const evaluated = (env: object = {}) =>
    Object.fromEntries(Object.entries(env).map(([name, text]) => [name, evaluate(String(text), values)]));
  const [job, ...others] = Object.values<{ env?: object; steps: { run?: string; env?: object }[] }>(workflow.jobs);
  if (job === undefined || others.length > 0) throw new Error(`${file} holds not one job`);
  return {
    steps: job.steps.flatMap(({ run, env }) =>
      run === undefined
        ? []
        : [
            {
              run: evaluate(run, values),
              env: { ...evaluated(workflow.env), ...evaluated(job.env), ...evaluated(env) },
            },
          ],
    ),
  };
}

/**
 * What GitHub gives to each job of a pull request.
 *
 * @param folder where its event and its summary lie
 */
export function gitHubVariables(folder: string, apiUrl: string): { readonly [name: string]: string } {
  const event = join(folder, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: apiUrl,
    GITHUB_REPOSITORY: "acme/desktops",
    GITHUB_EVENT_PATH: event,
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
  };
}

function evaluate(text: string, values: { readonly [expression: string]: string }): string {
  return text.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`nobody sets ${expression}`);
    return value;
  });
}

/** @param env what its variables are in the settings of the project */
export function gitLabJob(name: string, env: { readonly [name: string]: string }): Job {
  const file = parse(readFileSync(join(pipelines, "gitlab", ".gitlab-ci.yml"), "utf8"));
  const script: string[] = [...file.default.before_script, ...file[name].script];
  return { steps: script.map((run) => ({ run, env })) };
}
