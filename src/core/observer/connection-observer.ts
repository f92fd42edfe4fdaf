/**
 * The fold of one connection: wire events go through the dialogue machine and the parsers into the correlator and the model,
 * and observations come out, in the order of what happened. Nothing goes back: the observer has no return channel. A bug
 * of ours ends the analysis of this connection and nothing else.
 */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { ConnectionModel } from "../connection/connection-model.ts";
import { createDialogue } from "../dialogue/dialogue.ts";
import type { DialogueEvent } from "../dialogue/event.ts";
import type { ExchangeEnd } from "../exchange/exchange.ts";
import { defect } from "../imap/defect.ts";
import type { DataEvent, OmittedEvent, OpenEvent, WireEvent } from "../wire/event.ts";
import { type Checkpoint, checkpointOf } from "./checkpoint.ts";
import { idleDefects, takeBegun, takeClientFrame } from "./client-frames.ts";
import {
  type ContextOptions,
  createContext,
  type Depth,
  noticeOnce,
  reportDefects,
  reportEnd,
} from "./context.ts";
import { fetchRunsWhileSkimming } from "./fetch-runs.ts";
import { byImapscope, notRelayed, OMITTED_NOTICES, OPAQUE_TEXTS, OWN_TALK } from "./notices.ts";
import { takeServerFrame } from "./server-frames.ts";

export interface ConnectionObserver {
  readonly model: ConnectionModel;
  readonly take: (event: WireEvent) => void;
  /** Looks so deep from now on. */
  readonly look: (depth: Depth) => void;
  /** The capture ends while the connection is open. */
  readonly finish: () => void;
  /** How the connection stands where nothing is under way in it; elsewhere, and where it would be too much, `undefined`. */
  readonly checkpoint: () => Checkpoint | undefined;
}

export function createConnectionObserver(options: ContextOptions): ConnectionObserver {
  const { connection, midway, emit, from } = options;
  const context = createContext(options);
  const { model } = context;
  const dialogue = createDialogue({
    midway,
    saved: from?.dialogue,
    emit: takeDialogue,
    passes: fetchRunsWhileSkimming(context),
  });
  const ended = new Set<Sender>();
  let lastMicros: Micros = from?.lastMicros ?? 0;
  let opaque = false;
  let failed = false;
  /** STARTTLS was accepted, and the client, which speaks first in TLS, has said nothing since. */
  let awaitsTls = false;

  function take(event: WireEvent): void {
    lastMicros = event.atMicros;
    if (failed && event.kind !== "close") {
      pass(event);
      return;
    }
    try {
      takeFact(event);
    } catch {
      failed = true;
      becomeOpaque(event.atMicros, "failed");
    }
  }

  function takeFact(event: WireEvent): void {
    const { atMicros } = event;
    switch (event.kind) {
      case "data":
        takeData(event);
        return;
      case "omitted":
        takeOmitted(event);
        return;
      case "open":
        model.opened(event);
        break;
      case "tls":
        model.tlsBegan(event.leg);
        break;
      case "starttls":
        dialogue.switched("startTls", undefined);
        model.tlsBegan(event.leg);
        opaque = false;
        awaitsTls = false;
        break;
      case "deflate":
        dialogue.switched("deflate", event.from);
        model.deflateBegan(event.from);
        break;
      case "end":
        takeEnd(event.from, atMicros);
        break;
      case "close":
        if (!failed) dialogue.finish();
        if (event.by === "server") reportLogout(atMicros);
        endAll(atMicros, "connectionLost");
        model.over();
        break;
      case "error":
        break;
    }
    pass(event);
  }

  /** Facts that are observations as they are. */
  function pass(event: WireEvent): void {
    const { atMicros } = event;
    if (event.kind === "tls" || event.kind === "starttls") emit({ kind: "tls", connection, atMicros, event });
    else if (event.kind === "end") {
      emit({ kind: "connection", connection, atMicros, event: { kind: "end", from: event.from } });
    } else if (event.kind === "open" || event.kind === "close" || event.kind === "error") {
      emit({ kind: "connection", connection, atMicros, event });
    }
  }

  function takeData(event: DataEvent): void {
    const { from, bytes, atMicros } = event;
    if (event.relayed === false) {
      takeUnrelayed(event);
      return;
    }
    reportInjection(from, atMicros);
    if (event.byImapscope === true) noticeOnce(context, atMicros, "byImapscope", byImapscope(from));
    let at = 0;
    while (at < bytes.length) {
      const taken = dialogue.receive(from, at === 0 ? bytes : bytes.subarray(at), atMicros);
      // Behind a switch that nobody obeyed, the dialogue takes the rest as opaque.
      at += taken.switch === undefined ? bytes.length : taken.consumed;
      if (taken.switch === undefined) continue;
      awaitsTls = taken.switch.kind === "startTls";
      if (at < bytes.length) reportInjection(from, atMicros);
    }
    if (from === "client") context.lastClientMicros = atMicros;
  }

  /** Clear text that somebody put between the answer to STARTTLS and TLS. */
  function reportInjection(from: Sender, atMicros: Micros): void {
    if (!awaitsTls) return;
    awaitsTls = false;
    if (from === "client") return;
    const words = "octets of the server came before the client began TLS";
    reportDefects(context, atMicros, [defect("starttls-injection", words)], undefined);
  }

  /** Octets that are no part of the dialogue: cut off at STARTTLS, of imapscope's own talk, or come too late. */
  function takeUnrelayed(event: DataEvent | OmittedEvent): void {
    const { from, atMicros } = event;
    if (from === "client" && dialogue.phase.switching === "startTls") {
      const words = "clear text, which was not relayed";
      reportDefects(context, atMicros, [defect("pipelined-after-starttls", words)], undefined);
      return;
    }
    reportInjection(from, atMicros);
    if (event.kind === "data" && event.byImapscope === true) {
      noticeOnce(context, atMicros, "byImapscope", OWN_TALK);
    } else if (from === "client" || context.lastClientMicros !== undefined) {
      noticeOnce(context, atMicros, "notRelayed", notRelayed(from));
    }
  }

  function takeOmitted(event: OmittedEvent): void {
    const { from, atMicros, reason } = event;
    if (event.relayed === false) {
      takeUnrelayed(event);
      return;
    }
    reportInjection(from, atMicros);
    const { code, text } = OMITTED_NOTICES[reason];
    if (code === "behind") noticeOnce(context, atMicros, code, text);
    context.forgivesCuts = true;
    dialogue.omit(from, atMicros, code === "behind" ? "omitted" : code);
    context.forgivesCuts = false;
  }

  function takeEnd(from: Sender, atMicros: Micros): void {
    dialogue.finish(from);
    ended.add(from);
    if (from !== "server") return;
    if (!ended.has("client")) reportLogout(atMicros);
    endAll(atMicros, "connectionLost");
  }

  function takeDialogue(event: DialogueEvent): void {
    if (event.kind === "commandBegun") takeBegun(context, event);
    else if (event.kind === "opaque") becomeOpaque(event.atMicros, event.reason);
    else if (event.frame.from === "client") takeClientFrame(context, event);
    else takeServerFrame(context, event);
  }

  function becomeOpaque(atMicros: Micros, reason: keyof typeof OPAQUE_TEXTS): void {
    opaque = true;
    if (!context.noticed.has("behind") || reason !== "omitted") {
      noticeOnce(context, atMicros, reason, OPAQUE_TEXTS[reason]);
    }
    endAll(atMicros, "opaque");
  }

  /** The server ended the connection without the tagged answer to LOGOUT (RFC 9051 §6.1.3). */
  function reportLogout(atMicros: Micros): void {
    const [logout] = context.correlator.open.named(["LOGOUT"]);
    if (logout?.received !== true || opaque) return;
    const without = model.saidBye() ? "its tagged OK" : "BYE and its tagged OK";
    reportDefects(
      context,
      atMicros,
      [defect("logout-without-bye", `LOGOUT was answered without ${without}`)],
      logout,
    );
  }

  function endAll(atMicros: Micros, end: ExchangeEnd): void {
    const reason = opaque ? "opaque" : model.saidBye() ? "bye" : end;
    for (const exchange of [...context.correlator.open.all()]) {
      if (exchange.doneMicros === undefined) {
        reportDefects(context, atMicros, idleDefects(exchange, atMicros), exchange);
      }
      reportEnd(context, atMicros, exchange, reason);
    }
  }

  return {
    model,
    take,
    look: (depth) => {
      context.depth = depth;
    },
    checkpoint: () => {
      const isUnderWay = opaque || failed || awaitsTls || ended.size > 0;
      return isUnderWay ? undefined : checkpointOf(context, dialogue, lastMicros);
    },
    finish: () => {
      context.forgivesCuts = true;
      if (!failed) dialogue.finish();
      endAll(lastMicros, "captureEnd");
    },
  };
}

/** What is known of a connection whose beginning was not seen. */
export function beginsMidway(first: WireEvent): boolean {
  return first.kind !== "open" || (first satisfies OpenEvent).midway;
}
