/**
 * The fold of one connection: wire events go through the dialogue machine and the parsers into the correlator and the model,
 * and observations come out, in the order of what happened. Nothing goes back: the observer has no return channel. A bug
 * of ours ends the analysis of this connection and nothing else.
 */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { ConnectionModel } from "../connection/connection-model.ts";
import { createDialogue, type Dialogue } from "../dialogue/dialogue.ts";
import type { DialogueEvent } from "../dialogue/event.ts";
import type { Exchange, ExchangeEnd, ExchangeId } from "../exchange/exchange.ts";
import type { DataEvent, EndEvent, OmittedEvent, WireEvent } from "../wire/event.ts";
import { type Checkpoint, checkpointOf } from "./checkpoint.ts";
import { endOpen, takeBegun, takeClientFrame } from "./client-frames.ts";
import {
  type ContextOptions,
  createContext,
  type Depth,
  notice,
  noticeOnce,
  type ObserverContext,
  reportDefects,
  reportFact,
} from "./context.ts";
import { notRelayed, OMITTED_NOTICES, OPAQUE_TEXTS, ownTalk } from "./notices.ts";
import { OwnShares } from "./own-shares.ts";
import { reportBareEnd, reportLogout } from "./server-end.ts";
import { takeServerFrame } from "./server-frames.ts";
import { INJECTION, PIPELINED, StartTlsWatch } from "./starttls-watch.ts";
import { exchangeUnderWay } from "./under-way.ts";

export interface ConnectionObserver {
  readonly model: ConnectionModel;
  readonly take: (event: WireEvent) => void;
  /** Looks so deep from now on. */
  readonly look: (depth: Depth) => void;
  /** The capture ends while the connection is open. */
  readonly finish: () => void;
  /** An exchange that is in flight, as it stands now. */
  readonly underWay: (id: ExchangeId) => Exchange | undefined;
  /** How the connection stands where nothing is under way in it; elsewhere, and where it would be too much, `undefined`. */
  readonly checkpoint: () => Checkpoint | undefined;
}

export function createConnectionObserver(options: ContextOptions): ConnectionObserver {
  return new ConnectionFold(options);
}

const NONE_ENDED: ReadonlySet<Sender> = new Set();

class ConnectionFold implements ConnectionObserver {
  readonly model: ConnectionModel;
  private readonly context: ObserverContext;
  private readonly dialogue: Dialogue;
  private ended = NONE_ENDED;
  private opaque = false;
  private failed = false;
  private readonly startTls = new StartTlsWatch();
  /** Of most connections nothing is. */
  private own: OwnShares | undefined = undefined;

  constructor(options: ContextOptions) {
    const { midway, from, fetchRuns } = options;
    const context = createContext(options);
    this.context = context;
    this.model = context.model;
    this.dialogue = createDialogue({
      midway,
      saved: from?.dialogue,
      emit: (event) => this.takeDialogue(event),
      passes: (bytes, start, startMicros, endMicros) =>
        fetchRuns(context, bytes, start, startMicros, endMicros),
    });
  }

  take(event: WireEvent): void {
    this.context.nowMicros = event.atMicros;
    if (this.failed && event.kind !== "close") {
      reportFact(this.context, event);
      return;
    }
    try {
      this.takeFact(event);
    } catch {
      this.failed = true;
      this.becomeOpaque(event.atMicros, "failed");
    }
  }

  private takeFact(event: WireEvent): void {
    const { atMicros } = event;
    this.tellOwnTalk(atMicros, event);
    switch (event.kind) {
      case "data":
        this.takeData(event);
        return;
      case "omitted":
        this.takeOmitted(event);
        return;
      case "open":
        this.model.opened(event);
        break;
      case "tls":
        this.model.tlsBegan(event.leg);
        this.startTls.secured(event.leg);
        break;
      case "starttls":
        this.dialogue.switched("startTls", undefined);
        this.model.tlsBegan(event.leg);
        this.opaque = false;
        this.startTls.begins(event.leg);
        break;
      case "deflate":
        this.dialogue.switched("deflate", event.from);
        this.model.deflateBegan(event.from);
        break;
      case "end":
        this.takeEnd(event);
        break;
      case "close":
        if (!this.failed) this.dialogue.finish();
        if (event.by === "server" && !this.opaque) reportLogout(this.context, atMicros);
        this.endAll(atMicros, "connectionLost");
        this.model.over();
        break;
      case "error":
        break;
    }
    reportFact(this.context, event);
  }

  private takeData(event: DataEvent): void {
    const { from, bytes, atMicros } = event;
    if (event.relayed === false) {
      this.takeUnrelayed(event);
      return;
    }
    if (this.startTls.came(from)) this.reportInjection(atMicros);
    if (event.byImapscope === true) this.own ??= new OwnShares(this.dialogue);
    let at = 0;
    while (at < bytes.length) {
      const rest = at === 0 ? bytes : bytes.subarray(at);
      this.own?.comes(event, rest);
      const taken = this.dialogue.receive(from, rest, atMicros);
      this.own?.came();
      // Behind a switch that nobody obeyed, the dialogue takes the rest as opaque.
      at += taken.switch === undefined ? bytes.length : taken.consumed;
      if (taken.switch === undefined) continue;
      this.startTls.switches(taken.switch.kind === "startTls");
      if (at < bytes.length && this.startTls.came(from)) this.reportInjection(atMicros);
    }
    if (from === "client") this.context.lastClientMicros = atMicros;
  }

  private reportInjection(atMicros: Micros): void {
    reportDefects(this.context, atMicros, [INJECTION], undefined);
  }

  private tellOwnTalk(atMicros: Micros, next: WireEvent | undefined): void {
    const commands = this.startTls.ownCommandsBefore(next);
    if (commands !== undefined) notice(this.context, atMicros, "byImapscope", ownTalk(commands));
  }

  /** Octets that are no part of the dialogue: cut off at STARTTLS, of imapscope's own talk, or come too late. */
  private takeUnrelayed(event: DataEvent | OmittedEvent): void {
    const { from, atMicros } = event;
    if (this.startTls.isPipelined(event, this.dialogue.phase.switching)) {
      reportDefects(this.context, atMicros, [PIPELINED], undefined);
      return;
    }
    if (this.startTls.cameUnrelayed(event)) this.reportInjection(atMicros);
    if (event.kind === "data") {
      if (event.byImapscope === true) return;
      this.own ??= new OwnShares(this.dialogue);
      this.own.tookOut(event);
    }
    if (from === "client" || this.context.lastClientMicros !== undefined)
      noticeOnce(this.context, atMicros, "notRelayed", notRelayed(from));
  }

  private takeOmitted(event: OmittedEvent): void {
    const { from, atMicros, reason } = event;
    if (event.relayed === false) {
      this.takeUnrelayed(event);
      return;
    }
    if (this.startTls.came(from)) this.reportInjection(atMicros);
    const { code, text } = OMITTED_NOTICES[reason];
    if (code === "behind") noticeOnce(this.context, atMicros, code, text);
    this.context.forgivesCuts = true;
    this.dialogue.omit(from, atMicros, code === "behind" ? "omitted" : code);
    this.context.forgivesCuts = false;
  }

  private takeEnd({ from, atMicros, closeNotify }: EndEvent): void {
    this.dialogue.finish(from);
    this.ended = new Set([...this.ended, from]);
    if (from !== "server") return;
    if (!this.ended.has("client") && !this.opaque) {
      if (closeNotify === false) reportBareEnd(this.context, atMicros);
      reportLogout(this.context, atMicros);
    }
    this.endAll(atMicros, "connectionLost");
  }

  private takeDialogue(event: DialogueEvent): void {
    if (event.kind === "commandBegun") takeBegun(this.context, event);
    else if (event.kind === "opaque") this.becomeOpaque(event.atMicros, event.reason);
    else if (event.frame.from === "client") takeClientFrame(this.context, this.own?.marked(event) ?? event);
    else takeServerFrame(this.context, this.own?.marked(event) ?? event);
  }

  private becomeOpaque(atMicros: Micros, reason: keyof typeof OPAQUE_TEXTS): void {
    this.opaque = true;
    if (!this.context.noticed.has("behind") || reason !== "omitted") {
      noticeOnce(this.context, atMicros, reason, OPAQUE_TEXTS[reason]);
    }
    this.endAll(atMicros, "opaque");
  }

  private endAll(atMicros: Micros, end: ExchangeEnd): void {
    endOpen(this.context, atMicros, this.opaque ? "opaque" : this.model.saidBye() ? "bye" : end);
  }

  look(depth: Depth): void {
    this.context.depth = depth;
  }

  underWay(id: ExchangeId): Exchange | undefined {
    return exchangeUnderWay(this.context, this.dialogue, id);
  }

  checkpoint(): Checkpoint | undefined {
    const isUnderWay = this.opaque || this.failed || this.startTls.isUnderWay() || this.ended.size > 0;
    return isUnderWay ? undefined : checkpointOf(this.context, this.dialogue, this.context.nowMicros);
  }

  finish(): void {
    this.context.forgivesCuts = true;
    this.tellOwnTalk(this.context.nowMicros, undefined);
    if (!this.failed) this.dialogue.finish();
    this.endAll(this.context.nowMicros, "captureEnd");
  }
}
