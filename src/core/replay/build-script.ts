/**
 * The events of a capture as a script. They are observed as everything is; each response of the server is given to the exchange
 * that it belongs to, or during or behind which it came, so that a client which asks the same hears the same.
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
import { capabilityLine, placeOfTag, replyName } from "./reply-facts.ts";
import { readRequest } from "./request.ts";
import { type Scene, sceneAfter } from "./scene.ts";
import type { ConnectionScript, Reply, Script, ServerRun, Step } from "./script.ts";

export interface ScriptBuilder {
  /** Takes every event of the capture, in order. */
  readonly take: (event: WireEvent) => void;
  /** The capture ends here. */
  readonly finish: () => Script;
}

interface Building {
  readonly connection: ConnectionId;
  readonly listener: string;
  readonly midway: boolean;
  readonly prints: ClientPrints;
  greeting: Reply | undefined;
  readonly drafts: Draft[];
  /** Octets of the server so far; `undefined` behind what cannot be framed. */
  serverAt: number | undefined;
  /** Octets of the server that came, and which of them imapscope said in its name. */
  received: number;
  readonly own: Span[];
  authenticated: boolean;
  mailbox: string | undefined;
  endedBy: Sender | undefined;
}

/** `ignored` is what commands will not be compared by. */
export function createScriptBuilder(ignored?: Ignored): ScriptBuilder {
  const buildings = new Map<ConnectionId, Building>();
  const drafts = new Map<number, Draft>();
  const messages = createMessageStore();
  const problems: string[] = [];
  let delimiter: string | undefined;
  const observer = createObserver({ emit: observe });

  function begin(event: WireEvent): Building {
    const midway = event.kind !== "open" || event.midway;
    const building: Building = {
      ...{ connection: event.connection, midway, prints: createClientPrints(midway, ignored), drafts: [] },
      listener: event.kind === "open" ? event.listener : "",
      ...{ greeting: undefined, serverAt: 0, received: 0, own: [] },
      ...{ authenticated: midway, mailbox: undefined, endedBy: undefined },
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
        building.drafts.push(draft);
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
        // An answer may come before the last octets of its command.
        if (draft.request !== undefined) drafts.delete(draft.id);
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

  function takeRequest(building: Building, { role, frame, exchange, atMicros }: RequestObservation): void {
    const prints = building.prints.next();
    const draft = exchange === undefined ? undefined : drafts.get(exchange);
    if (draft === undefined) return;
    if (role === "command") {
      draft.request = readRequest(frame, prints, building.authenticated);
      if (draft.isOver()) drafts.delete(draft.id);
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
    if (role === "greeting") building.greeting = { ...reply, cue: "command", delayMicros: 0 };
    else if (draft === undefined) tell(building, `says ${name} before any command, which is left out`);
    else draft.add(reply, atMicros);
    if (tagged) draft?.reached("after", atMicros);
    // What comes while another mailbox is being selected is about that one.
    const selects = SELECTS.has(draft?.request?.command.name ?? "");
    learn(selects ? undefined : building.mailbox, response, frame, run);
  }

  function tell({ connection }: Building, what: string): void {
    if (problems.length < PROBLEMS) problems.push(`Connection ${connection} ${what}`);
  }

  /** The exchange that has the response: its own, else the one that runs, else the last one that ran. */
  function draftOf(building: Building, { attribution }: ResponseObservation): Draft | undefined {
    const { exchange, candidates, during } = attribution;
    const id = exchange ?? candidates[0] ?? during;
    return (
      (id === undefined ? undefined : drafts.get(id)) ?? building.drafts.findLast((draft) => draft.isOver())
    );
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
      const connections = [...buildings.values()].map(scriptOf);
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

function scriptOf({ connection, listener, midway, greeting, drafts, endedBy }: Building): ConnectionScript {
  let scene: Scene = { authenticated: greeting?.name === "PREAUTH", mailbox: undefined };
  const steps = drafts.flatMap((draft): Step[] => {
    const { id, tag, atMicros, request, status, replies } = draft;
    if (request === undefined) return [];
    const { mailbox, authenticated } = scene;
    const known = midway
      ? "unknown"
      : mailbox !== undefined
        ? "selected"
        : authenticated
          ? "authenticated"
          : undefined;
    scene = sceneAfter(scene, request, status);
    return [
      {
        id,
        connection,
        atMicros,
        request,
        tag,
        state: known ?? "notAuthenticated",
        mailbox,
        replies,
        status: draft.isRecorded ? status : undefined,
      },
    ];
  });
  const last = steps.at(-1)?.request.command.name;
  return { connection, listener, greeting, steps, closedByServer: endedBy === "server" && last !== "LOGOUT" };
}
