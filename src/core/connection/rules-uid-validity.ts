/** UIDVALIDITY, UIDNEXT and HIGHESTMODSEQ: never 0, never smaller (RFC 9051 §2.3.1.1, RFC 7162 §3.1). */
import { type Defect, defect } from "../imap/defect.ts";
import type { Response } from "../imap/response.ts";
import type { GrowingNumber, Shrunk } from "./mailbox-memory.ts";
import { type CompletionScene, on, type ResponseRule, type Rule } from "./rule.ts";

const NEVER_ZERO = ["UIDVALIDITY", "UIDNEXT"] as const;

/** The number in the response code of a status, or of an item of STATUS. */
function numberIn(response: Response, name: string): string | undefined {
  if (response.kind === "status") {
    const { code } = response;
    return code?.name === name && code.data.kind === "number" ? code.data.value : undefined;
  }
  if (response.kind !== "data" || response.data.kind !== "status") return undefined;
  const value = response.data.items.get(name);
  return value !== undefined && /^\d+$/.test(value) ? value : undefined;
}

/** Numbers stand in codes of a status, or in STATUS. */
const TELLING = ["OK", "NO", "BAD", "BYE", "PREAUTH", "STATUS"];

const zero = on(TELLING, ({ response }) => {
  for (const name of NEVER_ZERO) {
    const value = numberIn(response, name);
    if (value !== undefined && /^0+$/.test(value)) return defect("uidvalidity-invalid", `${name} is 0`);
  }
  return undefined;
});

const changed = on(TELLING, ({ response, model, select }) => {
  if (response.kind !== "status" || select !== undefined) return undefined;
  const told = numberIn(response, "UIDVALIDITY");
  const before = model.selections.current()?.facts.uidValidity;
  return told !== undefined && before !== undefined && told !== before && !/^0+$/.test(told)
    ? defect("uidvalidity-changed", `from ${before} to ${told}`)
    : undefined;
});

function shrunkDefect(mailbox: string, shrunk: Shrunk | undefined, value: string): Defect | undefined {
  if (shrunk === undefined) return undefined;
  const kind = shrunk.name === "UIDNEXT" ? "uidnext-decreased" : "modseq-decreased";
  return defect(kind, `${shrunk.name} of ${mailbox} from ${shrunk.before} to ${value}`, {
    certainty: shrunk.sure ? "certain" : "likely",
  });
}

/** STATUS of any mailbox, and the codes that come while one is selected. */
function decreased(name: GrowingNumber): ResponseRule {
  return on(TELLING, ({ response, model, select, memory }) => {
    const value = numberIn(response, name);
    if (value === undefined) return undefined;
    if (response.kind === "data" && response.data.kind === "status") {
      const mailbox = response.data.mailbox.name;
      return shrunkDefect(
        mailbox,
        memory.tell(mailbox, numberIn(response, "UIDVALIDITY"), name, value),
        value,
      );
    }
    const selected = model.selections.current();
    if (select !== undefined || selected?.name === undefined) return undefined;
    return shrunkDefect(
      selected.name,
      memory.tell(selected.name, selected.facts.uidValidity, name, value),
      value,
    );
  });
}

/** What SELECT told of the mailbox, once it is known to be that mailbox. */
function decreasedSince(name: GrowingNumber): Rule<CompletionScene> {
  return ({ exchange, model, memory }) => {
    const { detail } = exchange.command;
    const facts = model.selections.pendingOf(exchange)?.facts;
    if (exchange.status !== "OK" || detail.kind !== "mailbox" || facts === undefined) return undefined;
    const value = name === "UIDNEXT" ? facts.uidNext : facts.highestModSeq;
    if (value === undefined) return undefined;
    const mailbox = detail.mailbox.name;
    return shrunkDefect(mailbox, memory.tell(mailbox, facts.uidValidity, name, value), value);
  };
}

export const UID_VALIDITY_RULES: readonly ResponseRule[] = [
  zero,
  changed,
  decreased("UIDNEXT"),
  decreased("HIGHESTMODSEQ"),
];

export const UID_VALIDITY_COMPLETION_RULES: readonly Rule<CompletionScene>[] = [
  decreasedSince("UIDNEXT"),
  decreasedSince("HIGHESTMODSEQ"),
];
