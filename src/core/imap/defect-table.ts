/**
 * Every kind of defect, with who commits it, the rule that it breaks, and a sentence in words. Adding a kind here is all
 * it takes for outputs, filters and documentation (docs/defects.md is made from this table).
 */
import type { Leg } from "../base/leg.ts";

export interface DefectRow {
  readonly by: Leg;
  readonly rfc: string;
  readonly words: string;
}

function client(rfc: string, words: string): DefectRow {
  return { by: "client", rfc, words };
}

function server(rfc: string, words: string): DefectRow {
  return { by: "server", rfc, words };
}

export const DEFECTS = {
  // Client: tags, order, state
  "tag-invalid": client("RFC 9051 §2.2.1", "The command line does not begin with a valid tag."),
  "tag-reused": client("RFC 9051 §2.2.1", "The tag is that of a command which is still open."),
  "command-missing": client("RFC 9051 §2.2.1", "The line has a tag but no command name."),
  "command-unknown": client("RFC 9051 §6", "No RFC that imapscope knows has a command of this name."),
  "command-in-wrong-state": client("RFC 9051 §3", "The command is not legal in the state of the connection."),
  "pipelined-past-literal": client(
    "RFC 9051 §5.5",
    "The client went on before the server accepted its synchronizing literal.",
  ),
  "command-during-authenticate": client(
    "RFC 9051 §6.2.2",
    "A command was sent while an authentication exchange was running.",
  ),
  "command-during-idle": client("RFC 2177 §3", "A command was sent during IDLE before DONE."),
  "pipelined-after-starttls": client(
    "RFC 9051 §6.2.1",
    "The client sent more before the answer to STARTTLS.",
  ),
  "tls-without-starttls": client(
    "RFC 9051 §6.2.1",
    "The client began TLS in the midst of a connection in clear text, without asking for STARTTLS.",
  ),
  "pipelined-after-compress": client("RFC 4978 §3", "The client sent more before the answer to COMPRESS."),
  "sequence-numbers-after-expunge": client(
    "RFC 9051 §5.5",
    "Message sequence numbers were used while a command that may expunge was running.",
  ),
  "stray-done": client("RFC 2177 §3", "DONE was sent although no IDLE is running."),
  "stray-cancel": client("RFC 9051 §6.2.2", "`*` was sent although no authentication exchange is running."),
  "enable-after-select": client("RFC 5161 §3.1", "ENABLE was sent after a mailbox was selected."),
  "idle-too-long": client("RFC 2177 §3", "IDLE was not re-issued within 29 minutes."),
  "stale-capabilities": client(
    "RFC 9051 §6.2.1",
    "The client relies on a capability list that was void since STARTTLS or authentication.",
  ),
  // Client: credentials and extensions
  "cleartext-credentials": client("RFC 9051 §6.2.3", "Credentials were sent without TLS."),
  "login-disabled": client("RFC 9051 §6.2.3", "LOGIN was sent although the server advertises LOGINDISABLED."),
  "extension-not-advertised": client(
    "RFC 9051 §6.1.1",
    "A command or argument of an extension was used that the server does not advertise.",
  ),
  "literal-non-synchronizing-unadvertised": client(
    "RFC 7888 §3",
    "A non-synchronizing literal was sent without LITERAL+ or LITERAL-.",
  ),
  "literal-non-synchronizing-too-large": client(
    "RFC 7888 §5",
    "A non-synchronizing literal over 4096 octets was sent with LITERAL- only.",
  ),
  "condstore-unavailable": client(
    "RFC 7162 §3.1",
    "CHANGEDSINCE or UNCHANGEDSINCE was used without CONDSTORE.",
  ),
  "sequence-numbers-under-uidonly": client(
    "RFC 9586 §3",
    "Message sequence numbers were used after ENABLE UIDONLY.",
  ),
  "charset-with-utf8": client("RFC 9755 §3", "SEARCH with CHARSET was used after ENABLE UTF8=ACCEPT."),
  "append-over-limit": client("RFC 7889 §2", "The message is larger than the advertised APPENDLIMIT."),
  // Client: syntax
  "command-line-too-long": client("RFC 7162 §4", "The command line is longer than 8192 octets."),
  "argument-missing": client("RFC 9051 §9", "The command lacks an argument."),
  "argument-invalid": client("RFC 9051 §9", "An argument of the command breaks its grammar."),
  "argument-surplus": client("RFC 9051 §9", "The command has more arguments than its grammar allows."),
  "client-space": client("RFC 9051 §9", "The command has a space too many, or a trailing one."),
  "client-bare-lf": client("RFC 9051 §2.2", "A line of the client ends in LF without CR."),
  "client-bare-cr": client("RFC 9051 §2.2", "A line of the client holds a CR that is not part of CRLF."),
  "client-blank-line": client("RFC 9051 §2.2.1", "The client sent an empty line where a command belongs."),
  "client-nul": client("RFC 9051 §4.3", "The client sent a NUL outside a literal8."),
  "client-8bit": client(
    "RFC 9051 §4.3",
    "The client sent 8-bit octets outside a literal without UTF8=ACCEPT.",
  ),
  "client-unbalanced": client("RFC 9051 §9", "A quote or parenthesis of the client is not closed."),
  "mailbox-name-utf7": client("RFC 3501 §5.1.3", "The mailbox name is not valid modified UTF-7."),
  "client-cut": client("RFC 9051 §2.2.1", "The connection ended in the middle of a command."),
  "client-limit": client("RFC 2683 §3.2.1.5", "A unit of the client is over a limit of the analysis."),
  // Server: tags, order, state
  "greeting-invalid": server("RFC 9051 §7.1", "The greeting is not OK, PREAUTH or BYE."),
  "tagged-unknown": server("RFC 9051 §2.2.2", "A tagged response has a tag that no open command has."),
  "tagged-duplicate": server("RFC 9051 §2.2.2", "A command was completed twice."),
  "tagged-early": server("RFC 9051 §2.2.2", "A command was completed with OK before all of it was received."),
  "tagged-status-invalid": server(
    "RFC 9051 §7.1",
    "A tagged response has a status that only untagged ones may have.",
  ),
  "continuation-unexpected": server(
    "RFC 9051 §7.6",
    "A continuation request came although nothing waits for one.",
  ),
  "continuation-missing": server(
    "RFC 9051 §7.6",
    "The command was completed without the continuation request that it needs.",
  ),
  "expunge-forbidden": server(
    "RFC 9051 §7.5.1",
    "EXPUNGE or VANISHED came when no command that allows it was running.",
  ),
  "expunge-under-qresync": server(
    "RFC 7162 §3.2.10",
    "EXPUNGE came although QRESYNC is enabled (VANISHED belongs here).",
  ),
  "exists-decreased": server("RFC 9051 §7.4.1", "EXISTS became smaller without EXPUNGE."),
  "sequence-number-out-of-range": server(
    "RFC 9051 §2.3.1.2",
    "A response has a message sequence number that is 0 or above EXISTS.",
  ),
  "server-sequence-numbers-under-uidonly": server(
    "RFC 9586 §3",
    "A response has a message sequence number after ENABLE UIDONLY.",
  ),
  "select-data-missing": server("RFC 9051 §6.3.2", "The answer to SELECT or EXAMINE lacks required data."),
  "closed-missing": server(
    "RFC 7162 §3.2.11",
    "The selected mailbox changed without [CLOSED] although QRESYNC is on offer.",
  ),
  "uidvalidity-invalid": server("RFC 9051 §2.3.1.1", "UIDVALIDITY or UIDNEXT is 0."),
  "uidvalidity-changed": server("RFC 9051 §2.3.1.1", "UIDVALIDITY changed while the mailbox was selected."),
  "uidnext-decreased": server("RFC 9051 §2.3.1.1", "UIDNEXT became smaller."),
  "uid-not-ascending": server(
    "RFC 9051 §2.3.1.1",
    "UIDs do not ascend with message sequence numbers, or a message changed its UID.",
  ),
  "modseq-decreased": server("RFC 7162 §3.1", "A mod-sequence became smaller."),
  "search-for-esearch": server("RFC 4731 §3.1", "SEARCH was answered where the client asked for ESEARCH."),
  "esearch-without-tag": server("RFC 4466 §2.6.2", "ESEARCH has no search correlator."),
  "fetch-items-missing": server(
    "RFC 9051 §6.4.5",
    "FETCH was completed with OK although requested items are missing.",
  ),
  "copyuid-sizes-differ": server("RFC 4315 §3", "The two UID sets of COPYUID differ in size."),
  "move-without-copyuid": server(
    "RFC 6851 §4.3",
    "MOVE was answered without COPYUID although UIDPLUS is on offer.",
  ),
  "list-attributes-contradict": server(
    "RFC 5258 §4",
    "The attributes of a mailbox contradict each other, or one is repeated.",
  ),
  "capability-missing": server(
    "RFC 9051 §6.1.1",
    "A capability that is mandatory here is missing, or one stands where it must not.",
  ),
  "enabled-missing": server("RFC 5161 §3.2", "ENABLE was completed without an ENABLED response."),
  "idle-ended-by-server": server("RFC 2177 §3", "The server ended IDLE before DONE."),
  "logout-without-bye": server(
    "RFC 9051 §6.1.3",
    "LOGOUT was answered without BYE, or without its tagged OK.",
  ),
  "data-after-bye": server("RFC 9051 §7.1.5", "Untagged data came after BYE."),
  "close-notify-missing": server(
    "RFC 8446 §6.1",
    "The server's TLS ended without close_notify before it had said BYE: what it sent may have been cut short on the way.",
  ),
  "autologout-too-soon": server(
    "RFC 9051 §5.4",
    "The server logged the client out for inactivity before 30 minutes.",
  ),
  "starttls-injection": server(
    "RFC 9051 §6.2.1",
    "Clear-text octets came between the answer to STARTTLS and TLS.",
  ),
  // Server: syntax
  "response-malformed": server(
    "RFC 9051 §7",
    "The line is no response; what could be recovered of it is shown.",
  ),
  "response-unknown": server("RFC 9051 §7", "No RFC that imapscope knows has a response of this name."),
  "response-data-invalid": server(
    "RFC 9051 §9",
    "The data of the response break their grammar; the rest of them is kept.",
  ),
  "response-data-missing": server("RFC 9051 §9", "The response lacks data that its grammar demands."),
  "response-data-surplus": server("RFC 9051 §9", "Something follows the data of the response."),
  "response-code-invalid": server("RFC 9051 §7.1", "The response code breaks its grammar."),
  "response-text-missing": server("RFC 9051 §7.1", "The status has no text."),
  "status-missing": server("RFC 9051 §7.1", "A response code stands without a status before it."),
  "literal-non-synchronizing-from-server": server(
    "RFC 7888 §3",
    "The server sent the header of a non-synchronizing literal.",
  ),
  "literal-length-suspect": server(
    "RFC 9051 §4.3",
    "What follows a literal suggests that its announced length is wrong.",
  ),
  "quoted-invalid": server("RFC 9051 §4.3", "A quoted string has an unescaped quote or a wrong escape."),
  "server-unbalanced": server(
    "RFC 9051 §9",
    "A quote or parenthesis of the server is not closed, or one too many is.",
  ),
  "nil-unexpected": server("RFC 9051 §9", "NIL stands where a value is required."),
  "number-invalid": server("RFC 9051 §9", "A number is negative, a fraction, too large, or NIL."),
  "flag-invalid": server("RFC 9051 §2.3.2", "A flag breaks its grammar."),
  "address-invalid": server("RFC 9051 §7.5.2", "An address or a list of addresses breaks its grammar."),
  "body-structure-invalid": server("RFC 9051 §7.5.2", "A body structure breaks its grammar."),
  "set-invalid": server("RFC 9051 §9", "A sequence set or UID set is empty or breaks its grammar."),
  "server-mailbox-name-utf7": server(
    "RFC 3501 §5.1.3",
    "A mailbox name of the server is not valid modified UTF-7.",
  ),
  "server-space": server("RFC 9051 §9", "The response has a space too many, or a trailing one."),
  "server-bare-lf": server("RFC 9051 §2.2", "A line of the server ends in LF without CR."),
  "server-bare-cr": server("RFC 9051 §2.2", "A line of the server holds a CR that is not part of CRLF."),
  "server-blank-line": server("RFC 9051 §2.2.2", "The server sent an empty line."),
  "server-nul": server("RFC 9051 §4.3", "The server sent a NUL outside a literal8."),
  "server-control": server("RFC 9051 §9", "The server sent a control character outside a literal."),
  "server-8bit": server("RFC 9755 §3", "The server sent 8-bit octets outside a literal without UTF8=ACCEPT."),
  "nesting-too-deep": server("RFC 2683 §3.2.1.5", "Parentheses are nested deeper than the analysis follows."),
  "server-limit": server("RFC 2683 §3.2.1.5", "A unit of the server is over a limit of the analysis."),
  "server-cut": server("RFC 9051 §2.2.2", "The connection ended in the middle of a response."),
} as const satisfies Record<string, DefectRow>;

export type DefectKind = keyof typeof DEFECTS;
