/** What the server told of a selected mailbox beside its messages (RFC 9051 §6.3.2, §7.1). */
import type { Response } from "../imap/response.ts";

export interface MailboxFacts {
  uidValidity: string | undefined;
  uidNext: string | undefined;
  highestModSeq: string | undefined;
  noModSeq: boolean;
  uidNotSticky: boolean;
  flags: readonly string[] | undefined;
  permanentFlags: readonly string[] | undefined;
  recent: number | undefined;
  mailboxId: string | undefined;
  readOnly: boolean | undefined;
  /** Names of the data and response codes that came, for what must not be missing. */
  readonly told: Set<string>;
}

export function createMailboxFacts(): MailboxFacts {
  return {
    uidValidity: undefined,
    uidNext: undefined,
    highestModSeq: undefined,
    noModSeq: false,
    uidNotSticky: false,
    flags: undefined,
    permanentFlags: undefined,
    recent: undefined,
    mailboxId: undefined,
    readOnly: undefined,
    told: new Set(),
  };
}

/** The same in an object of its own. */
export function copyFacts(facts: MailboxFacts): MailboxFacts {
  return { ...facts, told: new Set(facts.told) };
}

/** The names that SELECT is answered with; no others are written down. */
const TOLD: ReadonlySet<string> = new Set([
  "FLAGS",
  "EXISTS",
  "RECENT",
  "LIST",
  "UNSEEN",
  "UIDVALIDITY",
  "UIDNEXT",
  "PERMANENTFLAGS",
  "HIGHESTMODSEQ",
  "NOMODSEQ",
  "READ-ONLY",
  "READ-WRITE",
  "CLOSED",
]);

/** Takes in what a response says of the mailbox; the messages themselves are the view's. */
export function learnFacts(facts: MailboxFacts, response: Response): void {
  if (response.kind === "data") {
    if (TOLD.has(response.name)) facts.told.add(response.name);
    if (response.name === "RECENT") facts.recent = response.number;
    else if (response.name === "FLAGS" && response.data.kind === "flags") facts.flags = response.data.flags;
  } else if (response.kind === "status" && response.code !== undefined) {
    const { name, data, text } = response.code;
    if (TOLD.has(name)) facts.told.add(name);
    const value = data.kind === "number" ? data.value : undefined;
    if (name === "UIDVALIDITY") facts.uidValidity = value ?? facts.uidValidity;
    else if (name === "UIDNEXT") facts.uidNext = value ?? facts.uidNext;
    else if (name === "HIGHESTMODSEQ") facts.highestModSeq = value ?? facts.highestModSeq;
    else if (name === "NOMODSEQ") facts.noModSeq = true;
    else if (name === "UIDNOTSTICKY") facts.uidNotSticky = true;
    else if (name === "MAILBOXID") facts.mailboxId = text.replace(/^\(|\)$/g, "");
    else if (name === "READ-ONLY") facts.readOnly = true;
    else if (name === "READ-WRITE") facts.readOnly = false;
    else if (name === "PERMANENTFLAGS" && data.kind === "flags") facts.permanentFlags = data.flags;
  }
}
