import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeHost, startCodeHost } from "./codeHost.fixture";
import { keepComment } from "./comment";

const token = "token-of-the-job";
const folder = mkdtempSync(join(tmpdir(), "comment-"));
const event = join(folder, "event.json");
let host: CodeHost;
let hosts: { readonly [name: string]: { readonly [name: string]: string } };

beforeAll(async () => {
  host = await startCodeHost(token);
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  hosts = {
    GitHub: {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: host.url,
      GITHUB_REPOSITORY: "acme/desktops",
      GITHUB_EVENT_PATH: event,
      GITHUB_TOKEN: token,
    },
    GitLab: {
      GITLAB_CI: "true",
      CI_API_V4_URL: host.url,
      CI_PROJECT_ID: "12",
      CI_MERGE_REQUEST_IID: "7",
      GITLAB_TOKEN: token,
    },
  };
});
beforeEach(() => host.reset());
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true });
});

const keep = (text: string, env = hosts.GitHub ?? {}, stacks = ["desktops/prod"]) =>
  keepComment(stacks, text, "nothing is left\n", env);
const marked = (text: string, stacks = "desktops/prod") => `<!-- huaweicloud-workspace review: ${stacks} -->\n${text}`;

describe.each(["GitHub", "GitLab"])("%s", (name) => {
  test("the first review is posted, a later one written in its place, and one without changes says so", async () => {
    await keep("one\n", hosts[name]);
    expect(host.comments()).toEqual([marked("one\n")]);
    await keep("two\n", hosts[name]);
    expect(host.comments()).toEqual([marked("two\n")]);
    await keep("", hosts[name]);
    expect(host.comments()).toEqual([marked("nothing is left\n")]);
  });

  test("about nothing nothing is posted", async () => {
    await keep("", hosts[name]);
    expect(host.comments()).toEqual([]);
  });

  test("what others wrote is left alone, and the own one is found among hundreds", async () => {
    const others = Array.from({ length: 250 }, (_, index) => `comment ${index}`);
    host.reset([...others.slice(0, 120), marked("one\n"), ...others.slice(120)]);
    await keep("two\n", hosts[name]);
    expect(host.comments()).toEqual([...others.slice(0, 120), marked("two\n"), ...others.slice(120)]);
  });

  test("stacks have comments of their own", async () => {
    await keep("one\n", hosts[name]);
    await keep("two\n", hosts[name], ["desktops/prod", "desktops/lab"]);
    expect(host.comments()).toEqual([marked("one\n"), marked("two\n", "desktops/prod desktops/lab")]);
  });

  test("the same text again writes nothing", async () => {
    await keep("one\n", hosts[name]);
    host.asked.length = 0;
    await keep("one\n", hosts[name]);
    expect(host.asked.map((request) => request.split(" ")[0])).toEqual(["GET"]);
  });
});

test.each([
  ["GitHub", "GITHUB_TOKEN", "pull-requests: write"],
  ["GitLab", "GITLAB_TOKEN", "scope `api`"],
])("%s: a token without the right is told what it lacks, and is not printed", async (name, variable, right) => {
  const failure = keep("one\n", { ...hosts[name], [variable]: "another-token" });
  await expect(failure).rejects.toThrow(/403.*Resource not accessible/);
  await expect(failure).rejects.toThrow(right);
  await expect(failure).rejects.not.toThrow("another-token");
});

test.each([
  ["GitHub", "GITHUB_TOKEN"],
  ["GitHub", "GITHUB_EVENT_PATH"],
  ["GitHub", "GITHUB_REPOSITORY"],
  ["GitLab", "GITLAB_TOKEN"],
  ["GitLab", "CI_MERGE_REQUEST_IID"],
])("%s: %s is asked for when it is not set", async (name, variable) => {
  await expect(keep("one\n", { ...hosts[name], [variable]: "" })).rejects.toThrow(`${variable} is not set`);
});

test("outside of a CI it says where it works", async () => {
  await expect(keep("one\n", {})).rejects.toThrow("neither GITHUB_ACTIONS nor GITLAB_CI is set");
});

test("a job that no pull request started says so", async () => {
  const push = join(folder, "push.json");
  writeFileSync(push, JSON.stringify({ ref: "refs/heads/main" }));
  await expect(keep("one\n", { ...hosts.GitHub, GITHUB_EVENT_PATH: push })).rejects.toThrow(
    "not started by a pull request",
  );
});

test("a host that cannot be reached is named with what was tried", async () => {
  const { url, stop } = await startCodeHost(token);
  await stop();
  await expect(keep("one\n", { ...hosts.GitHub, GITHUB_API_URL: url })).rejects.toThrow(
    /GET http:\/\/127\.0\.0\.1:\d+\/repos.*ECONNREFUSED/,
  );
});
