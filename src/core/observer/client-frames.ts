/** Frames of the client: commands begin exchanges, and what follows them feeds them. */
import { LIMITS } from "../base/limits.ts";
import type { Micros } from "../base/time.ts";
import { apply } from "../connection/rule.ts";
import { ON_COMMAND } from "../connection/rules.ts";
import type { CommandBegun, FrameRead } from "../dialogue/event.ts";
import type { ExchangeEnd } from "../exchange/exchange.ts";
import { fetchDelivery } from "../exchange/fetch-delivery.ts";
import { ANY_MESSAGES, type MessageSet, sequenceMessages, uidMessages } from "../exchange/message-set.ts";
import { type OpenExchange, pictureOf } from "../exchange/open-exchange.ts";
import type { Command } from "../imap/command.ts";
import { type Defect, defect, NO_DEFECTS } from "../imap/defect.ts";
import type { Frame } from "../imap/frame.ts";
import { parseCommand } from "../imap/parse-command.ts";
import { noteBinding } from "./channel-binding.ts";
import {
  judged,
  merged,
  type ObserverContext,
  reportDefects,
  reportEnd,
  reportOwn,
  toldMicros,
} from "./context.ts";

const IDLE_MICROS = 29 * 60 * 1_000_000;

export function takeBegun(context: ObserverContext, begun: CommandBegun): void {
  const { correlator, model } = context;
  const oldest = correlator.open.oldest();
  if (oldest !== undefined && correlator.open.count() >= LIMITS.openExchanges) {
    reportEnd(context, begun.atMicros, oldest, "abandoned");
  }
  const parsed = parseCommand(begun.frame ?? firstLine(begun));
  context.begun = begun.frame && parsed;
  const command = named(parsed.value, begun.tag, begun.name);
  const mailbox = mailboxOf(command) ?? model.selections.current()?.name;
  const exchange = correlator.begin(begun, command, mailbox);
  context.emit({
    kind: "exchangeStarted",
    connection: context.connection,
    atMicros: begun.frame === undefined ? begun.atMicros : toldMicros(context, begun.frame),
    exchange: pictureOf(exchange, "inFlight"),
  });
}

/** The first line of a command before its literals have come. */
function firstLine({ line, startMicros, atMicros }: CommandBegun): Frame {
  return {
    from: "client",
    startMicros,
    endMicros: atMicros,
    octets: line.length,
    lines: [line],
    literals: [],
    end: "refused",
    droppedOctets: 0,
  };
}

/** The command under the tag and the name by which the dialogue knows it; hardly ever others than its own. */
function named(command: Command, tag: string, name: string): Command {
  return command.tag === tag && command.name === name ? command : { ...command, tag, name };
}

/** The mailbox that a command names, as people read it. */
function mailboxOf({ detail }: Command): string | undefined {
  switch (detail.kind) {
    case "mailbox":
    case "status":
    case "copy":
    case "append":
      return detail.mailbox.name;
    default:
      return undefined;
  }
}

export function takeClientFrame(context: ObserverContext, read: FrameRead): void {
  const { role, frame, ordinal } = read;
  reportOwn(context, frame);
  const exchange = ordinal === undefined ? undefined : context.correlator.open.get(ordinal);
  let command: Command | undefined;
  let defects = read.defects;
  if (role === "command") {
    const parsed = context.begun ?? parseCommand(frame);
    context.begun = undefined;
    command = parsed.value;
    defects = merged(
      defects,
      parsed.defects,
      exchange === undefined ? NO_DEFECTS : received(context, exchange, read, command),
    );
  } else if (exchange !== undefined && (role === "sasl" || role === "done")) {
    context.correlator.sent(exchange, role, frame);
    if (role === "sasl") noteBinding(exchange, role, frame);
    if (role === "done") defects = merged(defects, idleDefects(exchange, frame.endMicros));
  }
  defects = judged(context, defects);
  const atMicros = toldMicros(context, frame);
  const exchangeId = context.correlator.idOf(ordinal);
  if (context.depth !== "skim") {
    context.emit({
      kind: "request",
      connection: context.connection,
      atMicros,
      role,
      command,
      exchange: exchangeId,
      frame,
      defects,
    });
  }
  reportDefects(context, atMicros, defects, exchange, exchangeId);
}

/** A command is complete: what it names is read with the view of now, and the rules look at it. */
function received(
  context: ObserverContext,
  exchange: OpenExchange,
  { frame }: FrameRead,
  command: Command,
): readonly Defect[] {
  const { correlator, model, memory } = context;
  exchange.command = named(command, exchange.tag, exchange.commandName);
  exchange.mailbox = mailboxOf(command) ?? exchange.mailbox;
  exchange.messages = messagesOf(context, command);
  if (command.detail.kind === "fetch") exchange.fetch = fetchDelivery(command.detail.items);
  correlator.sent(exchange, "command", frame);
  noteBinding(exchange, "command", frame);
  if (frame.end === "cut" || frame.end === "refused") return NO_DEFECTS;
  return apply(ON_COMMAND, {
    exchange,
    command: exchange.command,
    frame,
    model,
    memory,
    open: correlator.open,
  });
}

function messagesOf(
  { correlator, model }: ObserverContext,
  { detail, uid }: Command,
): MessageSet | undefined {
  if (
    detail.kind !== "fetch" &&
    detail.kind !== "store" &&
    detail.kind !== "copy" &&
    detail.kind !== "expunge"
  ) {
    return undefined;
  }
  if (detail.set === undefined) return undefined;
  if (uid) return uidMessages(detail.set);
  // The numbers are those of a mailbox that is yet to be selected.
  if (correlator.open.has("SELECT") || correlator.open.has("EXAMINE")) return ANY_MESSAGES;
  return sequenceMessages(detail.set, model.selections.view());
}

/** Nothing that is still open will be answered any more. */
export function endOpen(context: ObserverContext, atMicros: Micros, reason: ExchangeEnd): void {
  for (const exchange of [...context.correlator.open.all()]) {
    if (exchange.doneMicros === undefined)
      reportDefects(context, atMicros, idleDefects(exchange, atMicros), exchange);
    reportEnd(context, atMicros, exchange, reason);
  }
}

/** IDLE has to be issued anew in time (RFC 2177 §3). */
export function idleDefects(exchange: OpenExchange, untilMicros: Micros): readonly Defect[] {
  const { idleStartMicros } = exchange;
  if (idleStartMicros === undefined || untilMicros - idleStartMicros <= IDLE_MICROS) return NO_DEFECTS;
  const minutes = Math.floor((untilMicros - idleStartMicros) / 60_000_000);
  return [defect("idle-too-long", `IDLE ran for ${minutes} minutes`)];
}
