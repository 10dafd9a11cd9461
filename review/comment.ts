/** Keeps one comment on the pull request (GitHub) or merge request (GitLab) that a CI job belongs to. */
import { readFileSync } from "node:fs";
import { EnvHttpProxyAgent, fetch } from "undici";

type Environment = { readonly [name: string]: string | undefined };

const tool = "huaweicloud-workspace";

/** Where the comments of one request are, and how they are asked for. */
interface CodeHost {
  /** Of the list, which is where a new one is posted too. */
  readonly comments: string;
  readonly comment: (id: number) => string;
  readonly changing: "PATCH" | "PUT";
  readonly headers: { readonly [name: string]: string };
  /** What the token needs. */
  readonly right: string;
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

const pageSize = 100;

/**
 * Writes the comment of these stacks anew where there is one, or posts it. Nothing is posted about nothing, but a comment
 * that is there already is told that nothing is left.
 *
 * @param stacks tell the comment from others: each pipeline of a matrix keeps its own
 * @param text empty where nothing differs
 * @param cleared what to write in place of an empty text
 * @throws when the variables of the CI do not lead to a request, or it refuses
 */
export async function keepComment(
  stacks: readonly string[],
  text: string,
  cleared: string,
  env: Environment,
): Promise<void> {
  const host = codeHost(env);
  const marker = `<!-- ${tool} review: ${stacks.join(" ").replaceAll("--", "- -")} -->`;
  const before = await find(host, marker);
  if (text === "" && before === undefined) return;
  const body = `${marker}\n${text === "" ? cleared : text}`;
  if (before?.body === body) return;
  if (before) await ask(host, host.changing, host.comment(before.id), { body });
  else await ask(host, "POST", host.comments, { body });
}

function codeHost(env: Environment): CodeHost {
  if (env.GITLAB_CI) return gitLab(env);
  if (env.GITHUB_ACTIONS) return gitHub(env);
  throw new Error(
    "--comment works in a job of GitHub Actions or GitLab CI: neither GITHUB_ACTIONS nor GITLAB_CI is set",
  );
}

/** https://docs.github.com/en/rest/issues/comments */
function gitHub(env: Environment): CodeHost {
  const token = needed(env, "GITHUB_TOKEN", "give it to the step in `env`, from `github.token`");
  const event = JSON.parse(readFileSync(needed(env, "GITHUB_EVENT_PATH", "it is GitHub's own"), "utf8"));
  const number: unknown = event?.pull_request?.number;
  if (typeof number !== "number") throw new Error("--comment: this job was not started by a pull request");
  const repository = `${needed(env, "GITHUB_API_URL", "it is GitHub's own")}/repos/${needed(env, "GITHUB_REPOSITORY", "it is GitHub's own")}`;
  return {
    comments: `${repository}/issues/${number}/comments`,
    comment: (id) => `${repository}/issues/comments/${id}`,
    changing: "PATCH",
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: "application/vnd.github+json",
      "X-GitHub-Api-Version": "2022-11-28",
    },
    right: "the job needs `permissions: { pull-requests: write }`, which a pull request from a fork does not get",
  };
}

/** https://docs.gitlab.com/api/notes */
function gitLab(env: Environment): CodeHost {
  const token = needed(
    env,
    "GITLAB_TOKEN",
    "make a project access token with the scope `api`; CI_JOB_TOKEN cannot write notes",
  );
  const iid = needed(env, "CI_MERGE_REQUEST_IID", "this job was not started by a merge request");
  const api = needed(env, "CI_API_V4_URL", "it is GitLab's own");
  const project = needed(env, "CI_PROJECT_ID", "it is GitLab's own");
  const comments = `${api}/projects/${project}/merge_requests/${iid}/notes`;
  return {
    comments,
    comment: (id) => `${comments}/${id}`,
    changing: "PUT",
    headers: { "PRIVATE-TOKEN": token },
    right: "the token needs the scope `api`, and its role the right to comment",
  };
}

function needed(env: Environment, name: string, remedy: string): string {
  const value = env[name];
  if (!value) throw new Error(`--comment: the variable ${name} is not set: ${remedy}`);
  return value;
}

/** The newest comment with the marker. */
async function find(host: CodeHost, marker: string): Promise<Comment | undefined> {
  let found: Comment | undefined;
  for (let page = 1; ; page++) {
    const comments = (await ask(host, "GET", `${host.comments}?per_page=${pageSize}&page=${page}`)) as Comment[];
    found = comments.findLast(({ body }) => body.startsWith(marker)) ?? found;
    if (comments.length < pageSize) return found;
  }
}

async function ask(host: CodeHost, method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...host.headers, "User-Agent": tool, "Content-Type": "application/json" },
    dispatcher: new EnvHttpProxyAgent(),
    redirect: "error",
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new Error(`--comment: ${method} ${url}: ${(error.cause as Error | undefined)?.message || error.message}`);
  });
  if (response.ok) return response.json();
  const remedy = response.status === 401 || response.status === 403 ? `; ${host.right}` : "";
  throw new Error(
    `--comment: ${method} ${url} was answered with ${response.status}: ${(await response.text()).slice(0, 300)}${remedy}`,
  );
}
