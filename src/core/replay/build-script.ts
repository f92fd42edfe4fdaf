/**
 * The events of a capture as a script. They are observed as everything is; each response of the server is given to the exchange
 * that it belongs to, or during or behind which it came, so that a client which asks the same hears the same.
 *
 * An exchange is put away as soon as nothing more can be of it: in the order in which they began, since what a client of the replay
 * must have done before depends on that.
 *
 * Where a response stands in the server's stream is counted: the responses are told in the order in which they came, and
 * together they are the stream. What cannot be framed ends the script of its connection.
 */
import type { ConnectionId, Sender, Span } from "../base/leg.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";
import type { Observation, RequestObservation, ResponseObservation } from "../observation.ts";
import { createObserver } from "../observe.ts";
import type { WireEvent } from "../wire/event.ts";
import { type ClientPrints, createClientPrints } from "./client-prints.ts";
import { Draft } from "./draft.ts";
import type { Ignored } from "./ignore.ts";
import { createMessageStore } from "./message-store.ts";
import { StepStore } from "./recorded-step.ts";
import { capabilityLine, placeOfTag, replyName } from "./reply-facts.ts";
import type { Script, ServerRun } from "./script.ts";
import { withoutSecrets } from "./secret-arguments.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import { StepLine } from "./step-line.ts";

export interface ScriptBuilder {
  /** Takes every event of the capture, in order. */
  readonly take: (event: WireEvent) => void;
  /** The capture ends here. */
  readonly finish: () => Script;
}

interface Building {
  readonly connection: ConnectionId;
  readonly prints: ClientPrints;
  readonly line: StepLine;
  /** Octets of the server so far; `undefined` behind what cannot be framed. */
  serverAt: number | undefined;
  /** Octets of the server that came, and which of them imapscope said in its name. */
  received: number;
  readonly own: Span[];
  authenticated: boolean;
  mailbox: string | undefined;
  endedBy: Sender | undefined;
  /** The exchange that had the last untagged response. */
  spoken: Draft | undefined;
}

/** `ignored` is what commands will not be compared by; exchanges are put away on the shelf. */
export function createScriptBuilder(ignored?: Ignored, shelf: Shelf = createShelf()): ScriptBuilder {
  const buildings = new Map<ConnectionId, Building>();
  const drafts = new Map<number, Draft>();
  const messages = createMessageStore();
  const store = new StepStore(shelf);
  const problems: string[] = [];
  let delimiter: string | undefined;
  const observer = createObserver({ emit: observe });

  function begin(event: WireEvent): Building {
    const midway = event.kind !== "open" || event.midway;
    const building: Building = {
      ...{ connection: event.connection, prints: createClientPrints(midway, ignored) },
      line: new StepLine({
        ...{ store, connection: event.connection, midway },
        listener: event.kind === "open" ? event.listener : "",
        // Nothing more can be of it.
        onPutAway: ({ id }) => drafts.delete(id),
      }),
      ...{ serverAt: 0, received: 0, own: [] },
      ...{ authenticated: midway, mailbox: undefined, endedBy: undefined, spoken: undefined },
    };
    buildings.set(event.connection, building);
    return building;
  }

  function take(event: WireEvent): void {
    const building = buildings.get(event.connection) ?? begin(event);
    building.prints.take(event);
    if (event.kind === "data" && event.from === "server" && event.relayed !== false) {
      const from = building.received;
      building.received += event.bytes.length;
      if (event.byImapscope === true) building.own.push([from, building.received]);
    }
    observer.take(event);
  }

  function observe(observation: Observation): void {
    const building = buildings.get(observation.connection);
    if (building === undefined) return;
    switch (observation.kind) {
      case "exchangeStarted": {
        const { id, tag } = observation.exchange;
        const draft = new Draft(id, tag, observation.exchange.timings.sentMicros);
        drafts.set(id, draft);
        building.line.begin(draft);
        break;
      }
      case "request":
        takeRequest(building, observation);
        break;
      case "response":
        takeResponse(building, observation);
        break;
      case "exchange": {
        const draft = drafts.get(observation.exchange.id);
        if (draft === undefined) break;
        draft.status = observation.exchange.status;
        draft.hasEnded = true;
        // An answer may come before the last octets of its command.
        if (draft.request !== undefined) drafts.delete(draft.id);
        building.line.putAway();
        break;
      }
      case "state":
        building.mailbox = observation.mailbox;
        building.authenticated = observation.to !== "notAuthenticated";
        if (observation.mailbox !== undefined) messages.select(observation.mailbox);
        break;
      case "notice":
        if (!UNPLAYABLE.has(observation.code)) break;
        building.serverAt = undefined;
        tell(building, `is played as far as it can be read: ${observation.text}`);
        break;
      case "connection":
        if (observation.event.kind === "end") building.endedBy ??= observation.event.from;
        else if (observation.event.kind === "close" && observation.event.by === "server")
          building.endedBy ??= "server";
        break;
      default:
    }
  }

  function takeRequest(building: Building, observation: RequestObservation): void {
    const { role, command, frame, exchange, atMicros } = observation;
    const prints = building.prints.next();
    const draft = exchange === undefined ? undefined : drafts.get(exchange);
    if (draft === undefined) return;
    if (role === "command" && command !== undefined) {
      const { authenticated } = building;
      const shown = withoutSecrets(command, authenticated).command;
      draft.request = { command: shown, frame, prints, authenticated };
      if (draft.isAnswered()) drafts.delete(draft.id);
      else draft.reached("command", atMicros);
    } else draft.reached(role === "done" ? "done" : "command", atMicros);
  }

  function takeResponse(building: Building, observation: ResponseObservation): void {
    const { role, response, frame, atMicros } = observation;
    const { connection, serverAt } = building;
    if (serverAt === undefined) return;
    const run = { connection, from: serverAt, to: serverAt + frame.octets };
    building.serverAt = run.to;
    if (role === "continuation" || role === "blank") return;
    const draft = draftOf(building, observation);
    const tagged = role === "tagged" && observation.attribution.exchange !== undefined;
    if (building.own.some(([from, to]) => run.from < to && from < run.to)) {
      if (tagged && draft !== undefined) draft.isRecorded = false;
      return;
    }
    const name = replyName(response);
    const facts = { run, name, tagged, line: capabilityLine(response, frame) };
    const reply = { ...facts, tagAt: placeOfTag(response, frame, draft?.tag) };
    if (role === "greeting") building.line.greeting = { ...reply, cue: "command", delayMicros: 0 };
    else if (draft === undefined) tell(building, `says ${name} before any command, which is left out`);
    else {
      draft.add(reply, atMicros);
      if (!tagged) building.spoken = draft;
    }
    if (tagged) draft?.reached("after", atMicros);
    // What comes while another mailbox is being selected is about that one.
    const selects = SELECTS.has(draft?.request?.command.name ?? "");
    learn(selects ? undefined : building.mailbox, response, frame, run);
  }

  function tell({ connection }: Building, what: string): void {
    if (problems.length < PROBLEMS) problems.push(`Connection ${connection} ${what}`);
  }

  /**
   * The exchange that has the response: its own, else the oldest of those that may have asked for it, else the one that runs, else
   * the last one that ran. What nobody asked for comes behind what was said before it, be that for a command further on.
   */
  function draftOf(building: Building, { attribution }: ResponseObservation): Draft | undefined {
    const { exchange, candidates, during } = attribution;
    const { spoken } = building;
    const own = exchange ?? candidates[0];
    if (own === undefined && during !== undefined && spoken !== undefined)
      if (spoken.id > during && !spoken.isAnswered()) return spoken;
    const id = own ?? during;
    return (id === undefined ? undefined : drafts.get(id)) ?? building.line.lastAnswered();
  }

  function learn(mailbox: string | undefined, response: Response, frame: Frame, run: ServerRun): void {
    if (response.kind !== "data") return;
    if (response.data.kind === "list") delimiter ??= response.data.delimiter ?? undefined;
    if (mailbox === undefined) return;
    if (response.name === "EXPUNGE" && response.number !== undefined)
      messages.expunge(mailbox, response.number);
    else if (response.data.kind === "vanished") messages.vanished(mailbox);
    else if (response.name === "FETCH") messages.fetched(mailbox, response, frame, run);
  }

  return {
    take,
    finish: () => {
      observer.finish();
      const connections = [...buildings.values()].map(({ line, endedBy }) => line.finish(endedBy));
      return { connections, messages, delimiter, problems };
    },
  };
}

/** As many are told. */
const PROBLEMS = 100;
const SELECTS: ReadonlySet<string> = new Set(["SELECT", "EXAMINE"]);
/** From here on nothing of the connection is known. */
const UNPLAYABLE: ReadonlySet<string> = new Set([
  ...["starttls", "compress", "saslSecurityLayer", "midway", "failed", "omitted", "passedThrough", "behind"],
]);
