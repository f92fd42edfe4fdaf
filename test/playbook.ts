/**
 * A transcript as a test: lines of a dialogue become wire events, and these become observations.
 *
 *     S: * OK ready            a line of the server; CRLF is added
 *     C: a LOGIN alice {5+}    a line of the client
 *     C| alice                 octets without CRLF
 *     @250                     the time in milliseconds from here on; else each line takes one
 *     -- close server          an event that is no data: tls LEG, starttls LEG, end PEER, bare PEER (an end without
 *                              close_notify), close PEER, omitted PEER
 *
 * Spaces before a line do not count; `\r` `\n` and `\xHH` stand for octets.
 */
import type { Leg } from "../src/core/base/leg.ts";
import { fromLatin1 } from "../src/core/base/octets.ts";
import type { Exchange } from "../src/core/exchange/exchange.ts";
import type { Observation, PushObservation, ResponseObservation } from "../src/core/observation.ts";
import { observationsOf } from "../src/core/observe.ts";
import type { DataEvent, WireEvent } from "../src/core/wire/event.ts";

export interface PlaybookOptions {
  /** Whether both legs are under TLS from the start; true by default. */
  readonly tls?: boolean;
  readonly midway?: boolean;
}

export function eventsOf(transcript: string, options: PlaybookOptions = {}): WireEvent[] {
  const scheme = options.tls === false ? "imap" : "imaps";
  const events: WireEvent[] = [
    {
      kind: "open",
      connection: 1,
      atMicros: 0,
      client: "127.0.0.1:50000",
      listener: `${scheme}://127.0.0.1`,
      upstream: `${scheme}://imap.example.org`,
      midway: options.midway === true,
    },
  ];
  let atMicros = 0;
  for (const written of transcript.split("\n")) {
    const line = written.trimStart();
    if (line === "") continue;
    atMicros += 1000;
    if (line.startsWith("@")) atMicros = Math.round(Number(line.slice(1)) * 1000) - 1000;
    else if (line.startsWith("-- ")) events.push(factOf(line.slice(3), atMicros));
    else events.push(dataOf(line, atMicros));
  }
  return events;
}

function dataOf(line: string, atMicros: number): DataEvent {
  const match = /^([CS])([:|]) ?([\s\S]*)$/.exec(line);
  if (match === null) throw new Error(`not a line of a playbook: ${line}`);
  const [, who, end, text = ""] = match;
  const bytes = fromLatin1(unescaped(text) + (end === ":" ? "\r\n" : ""));
  return {
    kind: "data",
    connection: 1,
    atMicros,
    from: who === "C" ? "client" : "server",
    bytes,
    redacted: [],
  };
}

function unescaped(text: string): string {
  return text.replace(/\\(r|n|x[0-9a-f]{2})/g, (_all, octet: string) => {
    if (octet === "r") return "\r";
    return octet === "n" ? "\n" : String.fromCharCode(Number.parseInt(octet.slice(1), 16));
  });
}

function factOf(words: string, atMicros: number): WireEvent {
  const [kind = "", who] = words.split(" ");
  const leg: Leg = who === "client" ? "client" : "server";
  const base = { connection: 1, atMicros };
  switch (kind) {
    case "tls":
      return { kind, ...base, leg, protocol: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" };
    case "starttls":
      return { kind, ...base, leg };
    case "deflate":
    case "end":
      return { kind, ...base, from: leg };
    case "bare":
      return { kind: "end", ...base, from: leg, closeNotify: false };
    case "close":
      return { kind, ...base, by: leg, reason: "" };
    case "omitted":
      return { kind, ...base, from: leg, octets: 100, reason: "opaque" };
    default:
      throw new Error(`not an event of a playbook: ${words}`);
  }
}

/** Everything that a transcript shows, in handy pieces. */
export interface Played {
  readonly observations: readonly Observation[];
  readonly exchanges: readonly Exchange[];
  readonly pushes: readonly PushObservation[];
  /** Of untagged responses: `FETCH certain a2`, `EXISTS unsolicited during a2`, `SEARCH ambiguous a1 a2`. */
  readonly attributions: readonly string[];
  /** Kinds, in order; with `?` where it is only likely. */
  readonly defects: readonly string[];
  /** `notAuthenticated > authenticated`, `authenticated > selected INBOX`. */
  readonly states: readonly string[];
  readonly notices: readonly string[];
}

export function play(transcript: string, options: PlaybookOptions = {}): Played {
  return playEvents(eventsOf(transcript, options));
}

export function playEvents(events: Iterable<WireEvent>): Played {
  const observations = observationsOf(events);
  const tags = new Map<number, string>();
  const played = {
    observations,
    exchanges: [] as Exchange[],
    pushes: [] as PushObservation[],
    attributions: [] as string[],
    defects: [] as string[],
    states: [] as string[],
    notices: [] as string[],
  };
  for (const seen of observations) {
    if (seen.kind === "exchangeStarted") tags.set(seen.exchange.id, seen.exchange.tag);
    else if (seen.kind === "exchange") played.exchanges.push(seen.exchange);
    else if (seen.kind === "push") played.pushes.push(seen);
    else if (seen.kind === "notice") played.notices.push(seen.code);
    else if (seen.kind === "defect") {
      played.defects.push(seen.defect.kind + (seen.defect.certainty === "likely" ? "?" : ""));
    } else if (seen.kind === "state") {
      const to =
        seen.mailbox === undefined
          ? seen.to
          : `${seen.to} ${seen.mailbox}${seen.readOnly ? " read-only" : ""}`;
      played.states.push(`${seen.from} > ${to}`);
    } else if (seen.kind === "response" && seen.role === "untagged") {
      played.attributions.push(attributionWords(seen, tags));
    }
  }
  return played;
}

function attributionWords(
  { response, attribution }: ResponseObservation,
  tags: ReadonlyMap<number, string>,
): string {
  const { certainty, exchange, candidates, during } = attribution;
  const tag = (id: number | undefined): string => (id === undefined ? "" : ` ${tags.get(id) ?? "?"}`);
  const name =
    response.kind === "data" ? response.name : response.kind === "status" ? codeOrStatus(response) : "";
  if (certainty === "ambiguous") return `${name} ambiguous${candidates.map(tag).join("")}`;
  if (certainty === "unsolicited")
    return `${name} unsolicited${during === undefined ? "" : ` during${tag(during)}`}`;
  return `${name} ${certainty}${tag(exchange)}`;
}

function codeOrStatus(response: {
  readonly status: string;
  readonly code: { readonly name: string } | undefined;
}): string {
  return response.code?.name ?? response.status;
}

/** A greeting, a login, and INBOX with five messages selected: where most tests begin. */
export const SELECTED_PRELUDE = `
  S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready
  C: p1 LOGIN alice xxxxxxxx
  S: p1 OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE ESEARCH SORT THREAD=REFERENCES CONDSTORE QRESYNC ENABLE NAMESPACE ID NOTIFY LITERAL+ LIST-STATUS LIST-EXTENDED CONTEXT=SEARCH SEARCHRES BINARY UNSELECT METADATA ACL QUOTA] done
  C: p2 SELECT INBOX
  S: * FLAGS (\\Seen \\Deleted)
  S: * 5 EXISTS
  S: * 0 RECENT
  S: * OK [UIDVALIDITY 7] valid
  S: * OK [UIDNEXT 60] next
  S: * OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] kept
  S: p2 OK [READ-WRITE] selected
`;

/** What a transcript shows behind the prelude. */
export function playSelected(transcript: string): Played {
  const prelude = play(SELECTED_PRELUDE);
  const whole = play(SELECTED_PRELUDE + transcript);
  const behind = <T>(all: readonly T[], before: readonly T[]): readonly T[] => all.slice(before.length);
  return {
    observations: behind(whole.observations, prelude.observations),
    exchanges: behind(whole.exchanges, prelude.exchanges),
    pushes: behind(whole.pushes, prelude.pushes),
    attributions: behind(whole.attributions, prelude.attributions),
    defects: behind(whole.defects, prelude.defects),
    states: behind(whole.states, prelude.states),
    notices: behind(whole.notices, prelude.notices),
  };
}

/** A row of a table of attributions: behind the prelude, what was said, and how each untagged response was attributed. */
export type AttributionCase = readonly [name: string, transcript: string, attributions: readonly string[]];

/** A row of a table of defects: what was said, behind the prelude, and the kinds that were found. */
export type DefectCase = readonly [name: string, transcript: string, defects: readonly string[]];
