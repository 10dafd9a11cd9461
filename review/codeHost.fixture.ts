import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Comment {
  readonly id: number;
  body: string;
}

export type CodeHost = Awaited<ReturnType<typeof startCodeHost>>;

const lists = /^\/(repos\/acme\/desktops\/issues\/7\/comments|projects\/12\/merge_requests\/7\/notes)$/;
const single = /^\/(repos\/acme\/desktops\/issues\/comments|projects\/12\/merge_requests\/7\/notes)\/(\d+)$/;

/** What GitHub and GitLab answer about the comments of one request: https://docs.github.com/en/rest/issues/comments, https://docs.gitlab.com/api/notes. */
export async function startCodeHost(token: string) {
  let comments: Comment[] = [];
  const asked: string[] = [];

  const answerTo = async (incoming: IncomingMessage): Promise<[status: number, body: unknown]> => {
    const { pathname, searchParams } = new URL(incoming.url ?? "", "http://host");
    const { method = "", headers } = incoming;
    asked.push(`${method} ${pathname}`);
    const isGitHub = pathname.startsWith("/repos");
    if ((isGitHub ? headers.authorization : headers["private-token"]) !== (isGitHub ? `Bearer ${token}` : token))
      return [403, { message: "Resource not accessible by integration" }];
    let text = "";
    for await (const chunk of incoming) text += chunk;
    const { body } = text === "" ? {} : JSON.parse(text);
    if (lists.test(pathname) && method === "GET") {
      const [size, page] = [Number(searchParams.get("per_page")), Number(searchParams.get("page"))];
      return [200, comments.slice((page - 1) * size, page * size)];
    }
    if (lists.test(pathname) && method === "POST") {
      if (body.length > 65_536) return [422, { message: "body is too long" }];
      const comment = { id: comments.length + 1, body };
      comments.push(comment);
      return [201, comment];
    }
    const comment = comments.find(({ id }) => id === Number(single.exec(pathname)?.[2]));
    if (comment === undefined || method !== (isGitHub ? "PATCH" : "PUT")) return [404, { message: "Not Found" }];
    comment.body = body;
    return [200, comment];
  };
  const server = createServer(async (incoming, answer) => {
    const [status, body] = await answerTo(incoming);
    answer.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: () => comments.map(({ body }) => body),
    /** Method and path of each request. */
    asked,
    /** As if others had written these. */
    reset: (bodies: readonly string[] = []) => {
      comments = bodies.map((body, index) => ({ id: index + 1, body }));
      asked.length = 0;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
