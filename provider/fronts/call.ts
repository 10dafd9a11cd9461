import { status as codes, type handleServerStreamingCall, type handleUnaryCall, Metadata } from "@grpc/grpc-js";
import { redacted } from "../cloud/redaction";
import { Stop, stoppable } from "../cloud/stop";
import { Unfinished } from "../scheduledTask/lifecycle";
import { type Secrets, unwrap, withKnownSecrets, wrap } from "./marshal";
import { encode, type Values } from "./protobuf";
import { INIT_FAILED_TYPE, initFailed, type severities, status } from "./protocol";
import { heardBy } from "./say";

type Severity = keyof typeof severities;

/** Tells the user something about a resource; settles when it is told. */
export type Log = (urn: string, severity: Severity, message: string) => Promise<void>;

/** One request of the engine: which resource it is about, and what in it was secret. */
export class Call {
  private readonly kept: Secrets[] = [];
  private readonly logged: Promise<void>[] = [];

  constructor(
    readonly urn: string,
    private readonly writeLog: Log,
  ) {}

  /** Properties whose secrets are secret in the answer too. */
  take<T extends object>(sent: Values | undefined): T {
    const { values, secrets } = unwrap<T>(sent);
    this.kept.push(secrets);
    return values;
  }

  /** Properties that are only looked at. */
  look<T extends object>(sent: Values | undefined): T {
    return unwrap<T>(sent).values;
  }

  /** @param secretNames properties that are secret however they arrived */
  give(values: object, secretNames: readonly string[] = []): Values {
    return wrap(values, [...this.kept, { values: {}, paths: secretNames.map((name) => [name]) }]);
  }

  /** What a failed write left. */
  giveUnfinished(state: object): Values {
    return withKnownSecrets(this.give(state));
  }

  log(severity: Severity, text: string): void {
    this.logged.push(this.writeLog(this.urn, severity, redacted(text)));
  }

  /** The engine forgets a resource's messages that come after its answer. */
  async allLogged(): Promise<void> {
    await Promise.all(this.logged);
  }
}

/** What all calls of a process share. */
export interface Work {
  readonly log: Log;
  /** Stops of the calls that run. */
  readonly running: Set<Stop>;
  /** Asked when the engine cancels. */
  readonly all: Stop;
  /** Calls that are not answered yet. */
  readonly unanswered: Set<object>;
}

/** What a process begins with. */
export const newWork = (log: Log): Work => ({ log, running: new Set(), all: new Stop(), unanswered: new Set() });

/** What some requests have: the resource that they are about, and how many seconds it may take. */
interface Named {
  readonly urn?: string;
  readonly timeout?: number;
}

/** A method of the service: what it does with a request, with messages, secrets, time limit and errors taken care of. */
export const answering =
  <Q extends object, A>(work: Work, answer: (request: Q, call: Call) => A | Promise<A>): handleUnaryCall<Q, A> =>
  ({ request }, callback) => {
    const { urn = "", timeout = 0 }: Named = request;
    const call = new Call(urn, work.log);
    work.unanswered.add(call);
    const run = async (): Promise<A> => within(timeout, work, async () => answer(request, call));
    heardBy({ urn: call.urn, hear: (text) => call.log("info", text) }, run)
      .finally(() => call.allLogged())
      .then(
        (value) => callback(null, value),
        (error: unknown) => callback(failureOf(error, call)),
      )
      .finally(() => work.unanswered.delete(call));
  };

/** Ends what goes on, and what comes after: a cancelled process does nothing more. */
export function cancel({ running, all }: Work): void {
  const why = "The engine was told to cancel. What was sent may still be done: run `pulumi up --refresh`.";
  for (const stop of [all, ...running]) stop.ask(why);
}

/** A method that answers with a stream of messages. */
export const streaming =
  <Q, A>({ unanswered }: Work, answer: (request: Q) => Promise<readonly A[]>): handleServerStreamingCall<Q, A> =>
  (stream) => {
    unanswered.add(stream);
    answer(stream.request)
      .then(
        (messages) => {
          for (const message of messages) stream.write(message);
          stream.end();
        },
        (error: unknown) => stream.destroy(Object.assign(new Error(redacted(String(error))), { code: codes.UNKNOWN })),
      )
      .finally(() => unanswered.delete(stream));
  };

/** Stops a call that takes longer than the resource's customTimeouts allow. */
async function within<T>(seconds: number, { running, all }: Work, run: () => Promise<T>): Promise<T> {
  const own = all.asked.aborted ? all : new Stop();
  const late =
    `not done within the ${seconds} s that customTimeouts allow. What was sent may still be done: run \`pulumi up --refresh\`, ` +
    "and after a create look for a task of this name, which `pulumi import` or adoptTaskId takes over.";
  const timer = seconds > 0 ? setTimeout(() => own.ask(late), seconds * 1000) : undefined;
  running.add(own);
  return stoppable({ own, all }, run).finally(() => {
    clearTimeout(timer);
    running.delete(own);
  });
}

interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata?: Metadata;
}

/** Of a write that was begun and not finished the engine keeps what is live. */
function failureOf(error: unknown, call: Call): Failure {
  const details = redacted(error instanceof Error ? error.message : String(error));
  if (!(error instanceof Unfinished)) return { code: codes.UNKNOWN, details };
  const live = { id: error.id, properties: call.giveUnfinished(error.state), reasons: [details] };
  const packed = [{ typeUrl: INIT_FAILED_TYPE, value: encode(initFailed, live) }];
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", encode(status, { code: codes.UNKNOWN, message: details, details: packed }));
  return { code: codes.UNKNOWN, details, metadata };
}
