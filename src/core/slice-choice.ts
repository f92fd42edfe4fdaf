/**
 * What of a capture is wanted, as pieces of time for the slicer: the exchanges that match, each whole with those that overlap
 * it, and with what has to come before it so that a replay gets there: the greeting, the way to the login, what changes the
 * transport, and the SELECT of the mailbox that was selected.
 */
import type { ConnectionId } from "./base/leg.ts";
import type { Micros } from "./base/time.ts";
import { nameOf } from "./exchange/correlator.ts";
import type { Exchange, ExchangeId } from "./exchange/exchange.ts";
import type { Observation } from "./observation.ts";
import type { Stretch } from "./slice.ts";

export interface SliceWishes {
  /** Said of each observation, in order. */
  readonly matches?: ((observation: Observation) => boolean) | undefined;
  readonly connections?: ReadonlySet<ConnectionId> | undefined;
  /** What was under way then, or later. */
  readonly fromMicros?: Micros | undefined;
  readonly untilMicros?: Micros | undefined;
}

export interface SliceChoice {
  readonly take: (observation: Observation) => void;
  readonly finish: () => ReadonlyMap<ConnectionId, readonly Stretch[]>;
}

/** These are kept wherever they are: without them what follows is not understood, or not allowed. */
const ALWAYS = new Set([
  ...["STARTTLS", "LOGIN", "AUTHENTICATE", "UNAUTHENTICATE", "COMPRESS", "ENABLE", "LOGOUT"],
  ...["CAPABILITY", "ID", "NAMESPACE"],
]);
const OPENS = new Set(["SELECT", "EXAMINE"]);
/** Responses after which a message has another number, or there are more of them. */
const CHANGES = new Set(["EXISTS", "EXPUNGE", "VANISHED"]);
const CLOSES = new Set(["CLOSE", "UNSELECT"]);

interface Kept {
  readonly id: ExchangeId;
  readonly name: string;
  readonly fromMicros: Micros;
  untilMicros: Micros;
  /** It was completed with OK. */
  accepted: boolean;
  wanted: boolean;
  /** Its answer changed what the numbers of messages stand for. */
  changes: boolean;
  readonly always: boolean;
}

interface Connection {
  readonly openedMicros: Micros;
  readonly exchanges: Map<ExchangeId, Kept>;
  /** Wanted pushes. */
  readonly moments: Micros[];
  /** Pushes that changed what the numbers of messages stand for. */
  readonly changes: Micros[];
  loggedIn: boolean;
}

export function createSliceChoice(wishes: SliceWishes): SliceChoice {
  const { matches, connections, fromMicros = 0, untilMicros = Number.POSITIVE_INFINITY } = wishes;
  const all = matches === undefined && wishes.fromMicros === undefined && wishes.untilMicros === undefined;
  const known = new Map<ConnectionId, Connection>();

  function connectionOf({ connection, atMicros }: Observation): Connection {
    let one = known.get(connection);
    if (one === undefined) {
      one = { openedMicros: atMicros, exchanges: new Map(), moments: [], changes: [], loggedIn: false };
      known.set(connection, one);
    }
    return one;
  }

  function keep(one: Connection, exchange: Exchange): Kept {
    const { id, commandName: name, timings } = exchange;
    const before = one.exchanges.get(id);
    if (before !== undefined) return before;
    const always = !one.loggedIn || ALWAYS.has(name);
    const { sentMicros } = timings;
    const kept = { id, name, fromMicros: sentMicros, untilMicros: Number.POSITIVE_INFINITY };
    const made: Kept = { ...kept, accepted: false, wanted: false, changes: false, always };
    one.exchanges.set(id, made);
    return made;
  }

  function take(observation: Observation): void {
    const wanted = matches?.(observation) ?? true;
    if (connections?.has(observation.connection) === false) return;
    const one = connectionOf(observation);
    if (observation.kind === "exchangeStarted") keep(one, observation.exchange);
    else if (observation.kind === "exchange") {
      const kept = keep(one, observation.exchange);
      kept.untilMicros = observation.atMicros;
      kept.accepted = observation.exchange.status === "OK";
      kept.wanted ||= wanted;
      kept.changes = [...observation.exchange.responseNames.keys()].some((name) => CHANGES.has(name));
      if (kept.accepted && (kept.name === "LOGIN" || kept.name === "AUTHENTICATE")) one.loggedIn = true;
    } else if (observation.kind === "push") {
      if (wanted && matches !== undefined) one.moments.push(observation.atMicros);
      else if (CHANGES.has(nameOf(observation.response))) one.changes.push(observation.atMicros);
    } else if (observation.kind === "state") one.loggedIn ||= observation.to === "authenticated";
    else if (wanted && observation.kind === "defect" && observation.exchange !== undefined) {
      const about = one.exchanges.get(observation.exchange);
      if (about !== undefined) about.wanted = true;
    }
  }

  function finish(): ReadonlyMap<ConnectionId, readonly Stretch[]> {
    const stretches = new Map<ConnectionId, readonly Stretch[]>();
    for (const [connection, one] of known) {
      const found = all ? [{ fromMicros: 0, untilMicros: Number.POSITIVE_INFINITY }] : stretchesOf(one);
      if (found.length > 0) stretches.set(connection, found);
    }
    return stretches;
  }

  function stretchesOf(one: Connection): Stretch[] {
    const exchanges = [...one.exchanges.values()].sort((some, other) => some.fromMicros - other.fromMicros);
    for (const kept of exchanges) {
      kept.wanted &&= kept.untilMicros >= fromMicros && kept.fromMicros <= untilMicros;
    }
    const pushes = one.moments
      .filter((at) => at >= fromMicros && at <= untilMicros)
      .map((at): Stretch => ({ fromMicros: at, untilMicros: at }));
    // What one looks for may be the login itself; but a connection that nothing else was wanted of has only its preamble.
    if (pushes.length === 0 && !exchanges.some(({ wanted }) => wanted)) return [];
    const changed = wantSelections(one, exchanges, pushes);
    const first = exchanges[0]?.fromMicros ?? Number.POSITIVE_INFINITY;
    const greeting: Stretch = { fromMicros: 0, untilMicros: Math.max(one.openedMicros, first - 1) };
    return [greeting, ...pushes, ...changed, ...clusters(exchanges).flatMap(stretchOf)];
  }

  return { take, finish };
}

/**
 * Where something wanted begins, the SELECT that holds there is wanted, too, and what has changed the numbers of the messages
 * since; gives when pushes did.
 */
function wantSelections(one: Connection, exchanges: readonly Kept[], pushes: readonly Stretch[]): Stretch[] {
  const begins = [
    ...exchanges.map((kept) => ({ atMicros: kept.fromMicros, kept })),
    ...pushes.map(({ fromMicros }) => ({ atMicros: fromMicros, kept: undefined })),
    ...one.changes.map((atMicros) => ({ atMicros, kept: "change" as const })),
  ].sort((some, other) => some.atMicros - other.atMicros);
  const changed: Stretch[] = [];
  let selection: Kept | undefined;
  let since: (Kept | Micros)[] = [];
  for (const { atMicros, kept } of begins) {
    if (kept === "change") since.push(atMicros);
    else if (kept === undefined || kept.wanted) {
      if (selection !== undefined) selection.wanted = true;
      for (const change of since) {
        if (typeof change !== "number") change.wanted = true;
        else changed.push({ fromMicros: change, untilMicros: change });
      }
      since = [];
    } else if (kept.changes) since.push(kept);
    if (kept === "change" || kept?.accepted !== true) continue;
    if (!OPENS.has(kept.name) && !CLOSES.has(kept.name)) continue;
    selection = OPENS.has(kept.name) ? kept : undefined;
    since = [];
  }
  return changed;
}

/** Exchanges that overlap each other, in order: none of them can be cut out without the others. */
function clusters(exchanges: readonly Kept[]): Kept[][] {
  const found: Kept[][] = [];
  let reached = -1;
  for (const kept of exchanges) {
    if (kept.fromMicros > reached) found.push([]);
    found.at(-1)?.push(kept);
    reached = Math.max(reached, kept.untilMicros);
  }
  return found;
}

function stretchOf(cluster: readonly Kept[]): Stretch[] {
  if (!cluster.some(({ wanted, always }) => wanted || always)) return [];
  const fromMicros = Math.min(...cluster.map((kept) => kept.fromMicros));
  const untilMicros = Math.max(...cluster.map((kept) => kept.untilMicros));
  return [{ fromMicros, untilMicros }];
}
