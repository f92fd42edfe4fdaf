/**
 * Words for what is on no wire but on every screen: the states of a connection, how sure an attribution is, the times of an
 * exchange, how it ended, and the few notions without which no dialogue can be read.
 */
import type { ConnectionState } from "../connection/state.ts";
import type { Certainty } from "../exchange/attribution.ts";
import type { ExchangeEnd } from "../exchange/exchange.ts";

export interface Term {
  readonly title: string;
  readonly words: string;
  readonly rfc: string | undefined;
}

function term(title: string, rfc: string | undefined, words: string): Term {
  return { title, rfc, words };
}

export const STATE_TERMS: Readonly<Record<ConnectionState, Term>> = {
  notAuthenticated: term(
    "not authenticated",
    "RFC 9051 §3.1",
    "The client has not logged in yet. It may ask for capabilities, begin TLS, and log in; nothing else.",
  ),
  authenticated: term(
    "authenticated",
    "RFC 9051 §3.2",
    "The client has logged in, but has no mailbox open. It may list, create and look at mailboxes, and must select one before it can reach messages.",
  ),
  selected: term(
    "selected",
    "RFC 9051 §3.3",
    "A mailbox is open. Commands on messages mean the messages of this mailbox, and the server tells what changes in it.",
  ),
  logout: term(
    "logout",
    "RFC 9051 §3.4",
    "The connection is being ended, by LOGOUT or by a BYE of the server.",
  ),
  unknown: term(
    "unknown",
    undefined,
    "The connection was joined midway: what was said before was not seen, so its state is not known yet.",
  ),
};

export const CERTAINTY_TERMS: Readonly<Record<Certainty, Term>> = {
  certain: term(
    "certain",
    "RFC 9051 §2.2.2",
    "The protocol itself names the command, or only this open command can have asked for it and a server may not send it unasked.",
  ),
  likely: term(
    "likely",
    "RFC 9051 §5.2",
    "This command is the best candidate, but the server might have sent the same of its own accord: IMAP does not mark which of both it is.",
  ),
  ambiguous: term(
    "ambiguous",
    "RFC 9051 §5.5",
    "Several commands that are running at once may have asked for it, and nothing in it says which.",
  ),
  unsolicited: term(
    "unsolicited",
    "RFC 9051 §5.2",
    "No command asked for it: the server sent it of its own accord, mostly because another client changed something.",
  ),
  greeting: term("greeting", "RFC 9051 §7.1", "The first line of the server, before any command."),
};

export type TimingName =
  | "gap"
  | "upload"
  | "wait"
  | "download"
  | "total"
  | "continuation"
  | "idle"
  | "idleEnd"
  | "roundTrips";

export const TIMING_TERMS: Readonly<Record<TimingName, Term>> = {
  gap: term(
    "gap",
    undefined,
    "The client did nothing: the time from the last completion to this command. 0 where the client did not wait for it (pipelining).",
  ),
  upload: term(
    "upload",
    undefined,
    "From the first octet of the command to its last, with its literals and what the server made it wait for between them.",
  ),
  wait: term(
    "wait",
    undefined,
    "The server thinks, and the network carries both ways: from the last octet of the command to the first of its answer.",
  ),
  download: term(
    "download",
    undefined,
    "From the first octet of the answer to the last of the tagged response that completes the command.",
  ),
  total: term(
    "total",
    undefined,
    "From the first octet of the command to the last of its completion: upload, wait and download together.",
  ),
  continuation: term(
    "continuation",
    "RFC 9051 §7.6",
    "The client announced something and had to wait for the `+` of the server before it might go on.",
  ),
  idle: term(
    "idle",
    "RFC 2177 §3",
    "The client waited for news, by its own wish: from the `+` that accepted IDLE to DONE.",
  ),
  idleEnd: term(
    "end of idle",
    "RFC 2177 §3",
    "How long the server took from DONE to the completion of IDLE.",
  ),
  roundTrips: term(
    "round trips",
    undefined,
    "How many times the client had to wait for the server before it could go on: once for the completion and once for each `+`.",
  ),
};

export const END_TERMS: Readonly<Record<ExchangeEnd, Term>> = {
  inFlight: term("in flight", undefined, "The command has no tagged response yet."),
  completed: term(
    "completed",
    "RFC 9051 §2.2.2",
    "The server answered with the tag of the command, which ends it.",
  ),
  bye: term(
    "ended by BYE",
    "RFC 9051 §7.1.5",
    "The server said that it closes the connection before it completed the command.",
  ),
  connectionLost: term(
    "lost",
    undefined,
    "The connection ended before the command was completed: whether it took effect cannot be known.",
  ),
  captureEnd: term("ended with the capture", undefined, "The capture ends before the command was completed."),
  opaque: term(
    "opaque",
    undefined,
    "From here on the octets cannot be read, as they are encrypted or compressed in a way that is not followed.",
  ),
  abandoned: term(
    "left",
    undefined,
    "Too many commands were open at once; this one is not followed any further.",
  ),
};

export type NotionName =
  | "tag"
  | "untagged"
  | "tagged"
  | "continuation"
  | "literal"
  | "push"
  | "exchange"
  | "defect"
  | "sasl"
  | "done"
  | "command"
  | "greeting"
  | "malformed"
  | "blank"
  | "unknown";

export const NOTION_TERMS: Readonly<Record<NotionName, Term>> = {
  tag: term(
    "tag",
    "RFC 9051 §2.2.1",
    "A short word that the client invents for each command. The server repeats it in the line that completes the command, so that both know which one is meant.",
  ),
  tagged: term(
    "tagged response",
    "RFC 9051 §2.2.2",
    "A line of the server that begins with the tag of a command: the command is done, with OK, NO or BAD.",
  ),
  untagged: term(
    "untagged response",
    "RFC 9051 §2.2.2",
    "A line of the server that begins with `*`: data that a command asked for, or news that nobody asked for.",
  ),
  continuation: term(
    "continuation request",
    "RFC 9051 §7.6",
    "A line of the server that begins with `+`: the client may go on with what it announced.",
  ),
  literal: term(
    "literal",
    "RFC 9051 §4.3",
    "A string that is announced by its size in octets, as `{310}`, and then follows as it is; long texts and whole mails travel so.",
  ),
  push: term(
    "push",
    "RFC 9051 §5.2",
    "Data that the server sends of its own accord, because something has changed.",
  ),
  exchange: term(
    "exchange",
    "RFC 9051 §2.2",
    "A command with everything that answers it, up to its tagged response.",
  ),
  defect: term(
    "defect",
    undefined,
    "Something in the dialogue that breaks an RFC; it was relayed all the same.",
  ),
  sasl: term(
    "SASL line",
    "RFC 9051 §6.2.2",
    "One step of an authentication exchange, in Base64; it has no tag. Secrets in it are masked.",
  ),
  done: term("DONE", "RFC 2177 §3", "Ends IDLE; it has no tag, as it belongs to the IDLE that is running."),
  command: term(
    "command",
    "RFC 9051 §2.2.1",
    "A line of the client: a tag, the name of what it wants, and what that needs to be known.",
  ),
  greeting: term("greeting", "RFC 9051 §7.1", "The first line of the server, before any command."),
  malformed: term(
    "malformed line",
    "RFC 9051 §7",
    "A line of the server that is no response at all; it was relayed, and what could be recovered of it is shown.",
  ),
  blank: term(
    "empty line",
    "RFC 9051 §2.2",
    "A line without anything in it, where a command or a response belongs.",
  ),
  unknown: term(
    "line of unknown role",
    undefined,
    "The connection was joined midway, and nothing says yet what this line is.",
  ),
};
