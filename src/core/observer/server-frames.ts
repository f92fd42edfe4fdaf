/** Frames of the server: each is parsed, attributed, judged, and taken into the model, in that order. */
import type { Micros } from "../base/time.ts";
import { apply } from "../connection/rule.ts";
import { ON_COMPLETION, responseRules } from "../connection/rules.ts";
import { capabilityDefect } from "../connection/rules-response.ts";
import type { FrameRead } from "../dialogue/event.ts";
import { attribute } from "../exchange/attribute.ts";
import { nameOf } from "../exchange/correlator.ts";
import { type Fetched, fetchedOf } from "../exchange/fetched.ts";
import { type OpenExchange, pictureOf } from "../exchange/open-exchange.ts";
import type { RunningSelect } from "../exchange/surroundings.ts";
import { certain, GREETING, UNSOLICITED, type Verdict } from "../exchange/verdict.ts";
import { type Defect, NO_DEFECTS, type Parsed } from "../imap/defect.ts";
import { parseResponse } from "../imap/parse-response.ts";
import type { Response } from "../imap/response.ts";
import { bindingNotice } from "./channel-binding.ts";
import { idleDefects } from "./client-frames.ts";
import {
  judged,
  merged,
  noticeOnce,
  type ObserverContext,
  reportDefects,
  reportOwn,
  reportState,
  toldMicros,
} from "./context.ts";

const BLANK: Parsed<Response> = {
  value: { kind: "malformed", tag: undefined, name: undefined, text: "" },
  defects: [],
};

export function takeServerFrame(context: ObserverContext, read: FrameRead): void {
  const { role, frame, ordinal } = read;
  reportOwn(context, frame);
  const parsed =
    role === "blank" ? BLANK : parseResponse(frame, context.depth === "full" ? "full" : "shallow");
  const exchange = ordinal === undefined ? undefined : context.correlator.open.get(ordinal);
  // Of a unit that did not come whole, or is not kept whole, the missing rest is no mistake of its grammar.
  const whole = frame.end !== "cut" && frame.droppedOctets === 0;
  const found = whole ? merged(read.defects, parsed.defects) : read.defects;
  switch (role) {
    case "untagged":
      takeUntagged(context, read, parsed.value, found);
      return;
    case "tagged":
      if (exchange !== undefined) takeCompletion(context, read, parsed.value, found, exchange);
      else give(context, read, parsed.value, UNSOLICITED, found);
      return;
    case "greeting":
      takeGreeting(context, read, parsed.value, found);
      return;
    case "continuation":
      if (exchange !== undefined) context.correlator.continued(exchange, read.reason, frame);
      give(context, read, parsed.value, exchange === undefined ? UNSOLICITED : certain(exchange), found);
      return;
    default:
      // A response code without a status is read as that of an untagged OK, and belongs where that belongs.
      if (role === "malformed" && parsed.value.kind === "status")
        takeUntagged(context, read, parsed.value, found);
      else give(context, read, parsed.value, UNSOLICITED, found);
  }
}

function takeUntagged(
  context: ObserverContext,
  read: FrameRead,
  response: Response,
  found: readonly Defect[],
): void {
  const { correlator, model } = context;
  const { frame } = read;
  const select = runningSelect(context, response);
  const fetched = fetchedOf(response, model.selections.view());
  const { verdict, rules } = judge(context, response, frame.endMicros, fetched, select);
  correlator.account(verdict, response, frame, fetched);
  const change = model.untagged(response, fetched, verdict.exchange?.id);
  const defects = judged(context, merged(found, rules));
  observe(context, read, response, verdict, defects);
  pushOf(context, read, response, verdict);
  reportFound(context, read, response, verdict, defects);
  reportState(context, toldMicros(context, frame), change, verdict.exchange?.id);
}

/** To whom an untagged response belongs, and what the rules find in its coming; nothing is taken in yet. */
export function judge(
  context: ObserverContext,
  response: Response,
  atMicros: Micros,
  fetched: Fetched | undefined,
  select: RunningSelect | undefined,
): { readonly verdict: Verdict; readonly rules: readonly Defect[] } {
  const { correlator, model, memory, lastClientMicros } = context;
  const verdict = attribute(response, {
    open: correlator.open,
    numbers: model.selections.view(),
    fetched,
    select,
    notify: model.notify(),
    enabled: model.enabled,
    finished: correlator.finished,
  });
  const rules = apply(responseRules(nameOf(response)), {
    response,
    fetched,
    verdict,
    select,
    model,
    memory,
    open: correlator.open,
    silentMicros: lastClientMicros === undefined ? undefined : atMicros - lastClientMicros,
    settled: context.settled,
  });
  return { verdict, rules };
}

function runningSelect(
  { correlator, model }: ObserverContext,
  response: Response,
): RunningSelect | undefined {
  const selecting = model.selections.selecting(correlator.open, response);
  return selecting && { exchange: selecting.exchange, boundary: model.selections.boundary() };
}

/** Untagged data that belongs to no open command is a push, results of a completed search among them. */
function pushOf(context: ObserverContext, { frame }: FrameRead, response: Response, verdict: Verdict): void {
  if (verdict.certainty !== "unsolicited" && verdict.finished === undefined) return;
  if (response.kind === "malformed") return;
  const { correlator, model, connection } = context;
  context.emit({
    kind: "push",
    connection,
    atMicros: toldMicros(context, frame),
    response,
    during: correlator.open.oldest()?.id,
    ...(verdict.finished === undefined ? {} : { late: verdict.finished }),
    octets: frame.octets,
    mailbox: model.selections.current()?.name,
    ...(frame.own === undefined ? {} : { own: frame.own }),
  });
}

function takeCompletion(
  context: ObserverContext,
  read: FrameRead,
  response: Response,
  found: readonly Defect[],
  exchange: OpenExchange,
): void {
  const { correlator, model, memory, connection } = context;
  const { frame } = read;
  const atMicros = toldMicros(context, frame);
  correlator.complete(exchange, response, frame);
  const rules = apply(ON_COMPLETION, { exchange, response, model, memory, open: correlator.open });
  const idle = exchange.doneMicros === undefined ? idleDefects(exchange, frame.endMicros) : NO_DEFECTS;
  const defects = merged(found, rules, idle);
  const bound = bindingNotice(exchange, model);
  const change = model.completed(exchange, response);
  context.settled = true;
  give(context, read, response, certain(exchange), defects);
  if (bound !== undefined) noticeOnce(context, atMicros, "channelBinding", bound);
  reportState(context, atMicros, change, exchange.id);
  context.emit({
    kind: "exchange",
    connection,
    atMicros,
    exchange: pictureOf(exchange, "completed"),
  });
}

function takeGreeting(
  context: ObserverContext,
  read: FrameRead,
  response: Response,
  found: readonly Defect[],
): void {
  const { model, correlator } = context;
  const change = model.greeted(response);
  correlator.settle(read.frame.endMicros);
  const capability = capabilityDefect(response, model);
  give(context, read, response, GREETING, capability === undefined ? found : merged(found, [capability]));
  reportState(context, toldMicros(context, read.frame), change, undefined);
}

/** Observes a response with its attribution, then what is to be said about it. */
function give(
  context: ObserverContext,
  read: FrameRead,
  response: Response,
  verdict: Verdict,
  found: readonly Defect[],
): void {
  const defects = judged(context, found);
  observe(context, read, response, verdict, defects);
  reportFound(context, read, response, verdict, defects);
}

function observe(
  context: ObserverContext,
  { frame, role }: FrameRead,
  response: Response,
  verdict: Verdict,
  defects: readonly Defect[],
): void {
  if (context.depth === "skim" && role !== "greeting") return;
  context.emit({
    kind: "response",
    connection: context.connection,
    atMicros: toldMicros(context, frame),
    role,
    response,
    attribution: context.correlator.attribution(verdict),
    frame,
    defects,
  });
}

function reportFound(
  context: ObserverContext,
  { frame }: FrameRead,
  response: Response,
  verdict: Verdict,
  defects: readonly Defect[],
): void {
  const atMicros = toldMicros(context, frame);
  reportDefects(context, atMicros, defects, verdict.exchange, verdict.exchange?.id ?? verdict.finished);
  if (response.kind === "status" && response.code?.name === "ALERT") {
    context.emit({
      kind: "notice",
      connection: context.connection,
      atMicros,
      code: "alert",
      text: response.text,
    });
  }
}
