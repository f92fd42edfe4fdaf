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
const REMOVES = new Set(["EXPUNGE", "VANISHED"]);
const CLOSES = new Set(["CLOSE", "UNSELECT"]);

interface Kept {
  readonly id: ExchangeId;
  readonly name: string;
  readonly fromMicros: Micros;
  untilMicros: Micros;
  /** It matched when it began; that decides where it has not ended. */
  readonly begun: boolean;
  /** It was completed with OK. */
  accepted: boolean;
  wanted: boolean;
  /** Its answer changed what the numbers of messages stand for. */
  changes: boolean;
  /** It is on the way to the login, if there is one. */
  readonly early: boolean;
}

interface Connection {
  readonly openedMicros: Micros;
  readonly exchanges: Map<ExchangeId, Kept>;
  /** Wanted pushes. */
  readonly moments: Micros[];
  /** Pushes that changed what the numbers of messages stand for. */
  readonly changes: Micros[];
  /** When messages went, of which no server may tell between commands (RFC 9051 §7.5.1). */
  readonly removals: Set<Micros>;
  loggedIn: boolean;
  lastMicros: Micros;
}

export function createSliceChoice(wishes: SliceWishes): SliceChoice {
  const { matches, connections, fromMicros = 0, untilMicros = Number.POSITIVE_INFINITY } = wishes;
  const all = matches === undefined && wishes.fromMicros === undefined && wishes.untilMicros === undefined;
  const known = new Map<ConnectionId, Connection>();

  function connectionOf({ connection, atMicros }: Observation): Connection {
    let one = known.get(connection);
    if (one === undefined) {
      one = {
        ...{ openedMicros: atMicros, exchanges: new Map(), moments: [], changes: [] },
        removals: new Set(),
        ...{ loggedIn: false, lastMicros: atMicros },
      };
      known.set(connection, one);
    }
    one.lastMicros = atMicros;
    return one;
  }

  function keep(one: Connection, exchange: Exchange, begun: boolean): Kept {
    const { id, commandName: name, timings } = exchange;
    const before = one.exchanges.get(id);
    if (before !== undefined) return before;
    const { sentMicros } = timings;
    const kept = { id, name, fromMicros: sentMicros, untilMicros: Number.POSITIVE_INFINITY };
    const made: Kept = {
      ...kept,
      begun,
      accepted: false,
      wanted: false,
      changes: false,
      early: !one.loggedIn,
    };
    one.exchanges.set(id, made);
    return made;
  }

  function take(observation: Observation): void {
    const wanted = matches?.(observation) ?? true;
    if (connections?.has(observation.connection) === false) return;
    const one = connectionOf(observation);
    if (observation.kind === "exchangeStarted") keep(one, observation.exchange, wanted);
    else if (observation.kind === "exchange") {
      const kept = keep(one, observation.exchange, wanted);
      kept.untilMicros = observation.atMicros;
      kept.accepted = observation.exchange.status === "OK";
      kept.wanted ||= wanted;
      kept.changes = [...observation.exchange.responseNames.keys()].some((name) => CHANGES.has(name));
      if (kept.accepted && (kept.name === "LOGIN" || kept.name === "AUTHENTICATE")) one.loggedIn = true;
    } else if (observation.kind === "connection" && observation.event.kind === "open") {
      // Of what came before nothing is known, also not that it is missing.
      one.loggedIn = observation.event.midway;
    } else if (observation.kind === "push") {
      if (REMOVES.has(nameOf(observation.response))) one.removals.add(observation.atMicros);
      if (wanted && matches !== undefined) one.moments.push(observation.atMicros);
      else if (CHANGES.has(nameOf(observation.response))) one.changes.push(observation.atMicros);
    } else if (observation.kind === "state" || observation.kind === "defect") {
      if (observation.kind === "state") one.loggedIn ||= observation.to === "authenticated";
      const about = observation.exchange === undefined ? undefined : one.exchanges.get(observation.exchange);
      if (about !== undefined) about.wanted ||= wanted;
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
      if (kept.untilMicros === Number.POSITIVE_INFINITY) {
        kept.untilMicros = one.lastMicros;
        kept.wanted ||= kept.begun;
      }
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
    for (const kept of exchanges) kept.wanted ||= ALWAYS.has(kept.name) || (kept.early && one.loggedIn);
    const together = clusters(exchanges);
    wantAround([...pushes, ...changed], together, one.removals);
    return [greeting, ...pushes, ...changed, ...together.flatMap(stretchOf)];
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

/** An IDLE is wanted with the pushes that it was there for, and every command with those that may come during one only. */
function wantAround(
  pushes: readonly Stretch[],
  together: readonly (readonly Kept[])[],
  removals: ReadonlySet<Micros>,
): void {
  const sorted = [...pushes].sort((some, other) => some.fromMicros - other.fromMicros);
  let at = 0;
  for (const { fromMicros } of sorted) {
    while ((together[at + 1]?.[0]?.fromMicros ?? Number.POSITIVE_INFINITY) <= fromMicros) at++;
    for (const kept of together[at] ?? []) {
      const isAround = kept.fromMicros <= fromMicros && fromMicros <= kept.untilMicros;
      kept.wanted ||= isAround && (kept.name === "IDLE" || removals.has(fromMicros));
    }
  }
}

function stretchOf(cluster: readonly Kept[]): Stretch[] {
  if (!cluster.some(({ wanted }) => wanted)) return [];
  const fromMicros = Math.min(...cluster.map((kept) => kept.fromMicros));
  const untilMicros = Math.max(...cluster.map((kept) => kept.untilMicros));
  return [{ fromMicros, untilMicros }];
}
