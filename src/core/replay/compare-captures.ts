/** Two captures in which the same commands were sent, compared command by command. */
import type { ConnectionId } from "../base/leg.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Response } from "../imap/response.ts";
import type { Observation } from "../observation.ts";
import { createObserver } from "../observe.ts";
import type { WireEvent } from "../wire/event.ts";
import { type Comparison, createComparison } from "./compare.ts";
import type { Answered } from "./fact.ts";
import { NO_PRINTS } from "./literal-print.ts";
import { ServerDefects } from "./new-defects.ts";
import { type Request, readRequest } from "./request.ts";

/**
 * Compares what was completed in the first with what came of the same command, by connection and tag, in the second. `leftOut`
 * names exchanges of the first that were not sent again on purpose. What answers nothing, in the second only, is a difference too.
 */
export function compareCaptures(
  before: Iterable<WireEvent>,
  now: Iterable<WireEvent>,
  leftOut: ReadonlySet<ExchangeId> = new Set(),
): Comparison {
  const found = new Map<string, Answered[]>();
  const defects = { before: new ServerDefects(), now: new ServerDefects() };
  for (const one of answeredOf(now, defects.now)) {
    const others = found.get(one.key);
    if (others === undefined) found.set(one.key, [one.answered]);
    else others.push(one.answered);
  }
  const { pair, result } = createComparison();
  for (const { key, answered } of answeredOf(before, defects.before)) {
    if (leftOut.has(answered.id)) continue;
    const other = found.get(key)?.shift();
    if (other === undefined || isSameCommand(answered, other)) pair(told(answered), other && told(other));
    // Another way to log in is answered in another way.
    else pair(statusOnly(answered), statusOnly(other));
  }
  return result(defects.now.notIn(defects.before));
}

function isSameCommand({ request }: Answered, { request: other }: Answered): boolean {
  return request.command.name === other.command.name;
}

/**
 * Capabilities without what depends on TLS and not on the server; and those of a login by themselves, since where a server tells
 * them differs from one login to the next.
 */
function told(answered: Answered): Answered {
  const { request, code } = answered;
  const untagged = answered.untagged.map((response) =>
    response.kind === "data" && response.data.kind === "capabilities"
      ? capabilities(response.data.capabilities)
      : response,
  );
  if (code?.data.kind !== "capabilities") return { ...answered, untagged };
  const listed = code.data.capabilities;
  const { name } = request.command;
  if (name === "LOGIN" || name === "AUTHENTICATE") {
    return { ...answered, code: undefined, untagged: [...untagged, capabilities(listed)] };
  }
  return {
    ...answered,
    code: { ...code, data: { kind: "capabilities", capabilities: plain(listed) } },
    untagged,
  };
}

function capabilities(listed: readonly string[]): Response {
  const data = { kind: "capabilities", capabilities: plain(listed) } as const;
  return { kind: "data", name: "CAPABILITY", number: undefined, data };
}

function plain(listed: readonly string[]): readonly string[] {
  return listed.filter((name) => name !== "STARTTLS" && name !== "LOGINDISABLED");
}

function statusOnly(answered: Answered): Answered {
  return { ...answered, code: undefined, untagged: [] };
}

interface Keyed {
  readonly key: string;
  readonly answered: Answered;
}

interface Open {
  request: Request | undefined;
  readonly untagged: Response[];
}

/** In the order in which they were sent. */
function answeredOf(events: Iterable<WireEvent>, defects: ServerDefects): readonly Keyed[] {
  const open = new Map<ExchangeId, Open>();
  const loggedIn = new Set<ConnectionId>();
  const answered: Keyed[] = [];
  const openOf = (id: ExchangeId): Open => {
    const one = open.get(id) ?? { request: undefined, untagged: [] };
    open.set(id, one);
    return one;
  };
  const emit = (observation: Observation): void => {
    const { kind, connection } = observation;
    defects.take(observation);
    if (kind === "state" && observation.to !== "notAuthenticated") loggedIn.add(connection);
    else if (kind === "request" && observation.exchange !== undefined && observation.role === "command") {
      const { frame, exchange } = observation;
      openOf(exchange).request = readRequest(frame, NO_PRINTS, loggedIn.has(connection));
    } else if (kind === "response" && observation.role === "untagged") {
      const { exchange } = observation.attribution;
      if (exchange !== undefined) openOf(exchange).untagged.push(observation.response);
    } else if (kind === "exchange") {
      const { id, tag, mailbox, end, status, code } = observation.exchange;
      const { request, untagged } = openOf(id);
      open.delete(id);
      if (end !== "completed" || request === undefined) return;
      answered.push({
        key: `${connection} ${tag}`,
        answered: { id, request, mailbox, status, code, untagged },
      });
    }
  };
  const observer = createObserver({ emit });
  for (const event of events) observer.take(event);
  observer.finish();
  return answered.sort((one, other) => one.answered.id - other.answered.id);
}
