/**
 * For every kind of defect a dialogue that has it, and a near miss that has none. The rows keep the order of the table of
 * defects; `+` behind a kind names others that the same octets cannot but have.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFECTS, type DefectKind } from "../../src/core/imap/defect-table.ts";
import { type PlaybookOptions, type Played, play, playSelected } from "../playbook.ts";

/** Where a dialogue begins. */
type Stage = "selected" | "greeting" | "authenticated" | "rev2" | "plain" | "midway";

interface Row {
  readonly kind: DefectKind;
  /** The kinds that are found, `?` for likely ones, if not the kind alone. */
  readonly also?: readonly string[];
  readonly stage?: Stage;
  readonly found: string;
  readonly missed: string;
  /** The near miss begins elsewhere. */
  readonly missedStage?: Stage;
}

const HELLO = "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL-] hello\n";
const IN = "S: * PREAUTH [CAPABILITY IMAP4rev1 LITERAL- CONDSTORE ENABLE APPENDLIMIT=10] hello\n";
const REV2 = `S: * PREAUTH [CAPABILITY IMAP4rev1 IMAP4rev2 QRESYNC UIDONLY CONDSTORE ENABLE UTF8=ACCEPT] hello
  C: e ENABLE IMAP4rev2 QRESYNC UTF8=ACCEPT
  S: * ENABLED IMAP4rev2 QRESYNC UTF8=ACCEPT
  S: e OK enabled
`;
/** What SELECT is answered with, but for the tagged line. */
function opened(mailbox = "Sent", exists = 3): string {
  return `S: * ${exists} EXISTS
    S: * FLAGS (\\Seen)
    S: * OK [UIDVALIDITY 3] valid
    S: * OK [UIDNEXT 100] next
    S: * OK [PERMANENTFLAGS (\\Seen)] kept
    S: * LIST () "/" ${mailbox}
  `;
}
const OPEN = `C: s SELECT Sent\n${opened()}S: s OK [READ-WRITE] done\n`;

const STAGES: Readonly<Record<Stage, (transcript: string) => Played>> = {
  selected: playSelected,
  greeting: (transcript) => behind(HELLO, transcript),
  authenticated: (transcript) => behind(IN, transcript),
  rev2: (transcript) => behind(REV2, transcript),
  plain: (transcript) => play(transcript, { tls: false }),
  midway: (transcript) => play(transcript, { midway: true }),
};

function behind(prelude: string, transcript: string, options: PlaybookOptions = {}): Played {
  assert.deepEqual(play(prelude, options).defects, []);
  return play(prelude + transcript, options);
}

const ROWS: readonly Row[] = [
  // Client: tags, order, state
  { kind: "tag-invalid", found: "C: a+b NOOP\nS: a+b OK x", missed: "C: a.1-b NOOP\nS: a.1-b OK x" },
  {
    kind: "tag-reused",
    found: "C: a NOOP\nC: a CHECK",
    missed: "C: a NOOP\nS: a OK x\nC: a CHECK\nC: A NOOP",
  },
  { kind: "command-missing", found: "C: a", missed: "C: a NOOP" },
  { kind: "command-unknown", found: "C: a FROBNICATE", missed: "C: a noop" },
  {
    kind: "command-in-wrong-state",
    stage: "authenticated",
    found: "C: a FETCH 1 FLAGS",
    missed: "C: a SELECT x\nC: b FETCH 1 FLAGS",
  },
  {
    kind: "pipelined-past-literal",
    found: "C: a APPEND x {3}\nC: abc\nS: + ok\nS: a OK x",
    missed: "C: a APPEND x {3}\nS: + ok\nC: abc\nS: a OK x",
  },
  {
    kind: "command-during-authenticate",
    stage: "greeting",
    found: "C: a AUTHENTICATE PLAIN\nC: b NOOP\nS: + \nC: AGEAYg==\nS: a OK x\nS: b OK x",
    missed: "C: a AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==\nS: a OK x\nC: b NOOP\nS: b OK x",
  },
  {
    kind: "command-during-idle",
    found: "C: a IDLE\nS: + idling\nC: b NOOP",
    missed: "C: a IDLE\nS: + idling\nC| DONE\\r\\nb NOOP\\r\\n\nS: a OK x",
  },
  {
    kind: "pipelined-after-starttls",
    stage: "plain",
    found: "S: * OK hi\nC: a STARTTLS\nC: b CAPABILITY\nS: a NO x\nS: * CAPABILITY IMAP4rev1\nS: b OK x",
    missed: "S: * OK hi\nC: a STARTTLS\nS: a NO x\nC: b CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: b OK x",
  },
  {
    kind: "tls-without-starttls",
    stage: "plain",
    found:
      "S: * OK hi\nC: a NOOP\nS: a OK x\nC| \\x16\\x03\\x01\\x02\\x00\\x01\\x0a\\x01 {9}\\r\\n\\x00\nS: * BAD what\n-- end client",
    missed: "S: * OK hi\nC: a NOOP\nS: a OK x\n-- end client",
  },
  {
    kind: "pipelined-after-compress",
    stage: "authenticated",
    also: ["extension-not-advertised", "pipelined-after-compress"],
    found: "C: a COMPRESS DEFLATE\nC: b NOOP\nS: a NO x",
    missed: "C: x NOOP\nC: a NOOP\nS: a NO x",
  },
  {
    kind: "sequence-numbers-after-expunge",
    found: "C: a EXPUNGE\nC: b FETCH 1 FLAGS",
    missed:
      "C: a EXPUNGE\nC: b UID FETCH 1 FLAGS\nS: b OK x\nS: a OK x\nC: c STORE 1 +FLAGS (\\Seen)\nC: d FETCH 1 FLAGS",
  },
  {
    kind: "stray-done",
    also: ["stray-done", "command-missing"],
    found: "C: DONE",
    missed: "C: DONE NOOP\nS: DONE OK x",
  },
  {
    kind: "stray-cancel",
    stage: "greeting",
    also: ["stray-cancel", "tag-invalid", "command-missing"],
    found: "C: *",
    missed: "C: a AUTHENTICATE PLAIN\nS: + \nC: *\nS: a BAD cancelled",
  },
  {
    kind: "enable-after-select",
    found: "C: a ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: a OK x",
    missed: "C: c CLOSE\nS: c OK x\nC: a ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: a OK x",
  },
  {
    kind: "idle-too-long",
    found: "C: a IDLE\nS: + idling\n@1900000\nC: DONE\nS: a OK x",
    missed: "C: a IDLE\nS: + idling\n@1700000\nC: DONE\nS: a OK x",
  },
  {
    kind: "stale-capabilities",
    stage: "plain",
    also: ["stale-capabilities?"],
    found:
      "S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] x\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server\n-- tls client\n-- tls server\nC: b AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==\nS: b OK x",
    missed:
      "S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] x\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server\n-- tls client\n-- tls server\nC: c CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: c OK x\nC: b AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==\nS: b OK x",
  },
  // Client: credentials and extensions
  {
    kind: "cleartext-credentials",
    stage: "plain",
    found: "S: * OK x\nC: a LOGIN alice secret\nS: a OK x",
    missed: "S: * OK x\nC: a AUTHENTICATE CRAM-MD5\nS: + PDE+\nC: YQ==\nS: a OK x",
  },
  {
    kind: "login-disabled",
    stage: "plain",
    also: ["cleartext-credentials", "login-disabled"],
    found: "S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] x\nC: a LOGIN alice secret\nS: a NO x",
    missed: "S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] x\nC: a LOGOUT\nS: * BYE x\nS: a OK x",
  },
  {
    kind: "extension-not-advertised",
    stage: "authenticated",
    found: "C: a IDLE\nS: a BAD x",
    missed: "C: a ENABLE X-UNKNOWN\nS: * ENABLED\nS: a OK x\nC: b STATUS x (HIGHESTMODSEQ)",
  },
  {
    kind: "literal-non-synchronizing-unadvertised",
    stage: "plain",
    found: "S: * PREAUTH [CAPABILITY IMAP4rev1] x\nC: a CREATE {3+}\nC: abc\nS: a OK x",
    missed: "S: * PREAUTH x\nC: a CREATE {3+}\nC: abc\nS: a OK x",
  },
  {
    kind: "literal-non-synchronizing-too-large",
    stage: "authenticated",
    also: ["append-over-limit", "literal-non-synchronizing-too-large"],
    found: `C: a APPEND x {4097+}\nC: ${"x".repeat(4097)}\nS: a NO x`,
    missed: "C: a APPEND x {10+}\nC: 0123456789\nS: a OK x",
  },
  {
    kind: "condstore-unavailable",
    stage: "plain",
    found: `S: * PREAUTH [CAPABILITY IMAP4rev1] x\n${OPEN.replace("S: s OK", "S: * 0 RECENT\nS: s OK")}C: a FETCH 1 FLAGS (CHANGEDSINCE 5)\nS: a OK x`,
    missed: `S: * PREAUTH [CAPABILITY IMAP4rev1 CONDSTORE] x\n${OPEN.replace("S: s OK", "S: * 0 RECENT\nS: s OK")}C: a FETCH 1 FLAGS (CHANGEDSINCE 5)\nS: a OK x`,
  },
  {
    kind: "sequence-numbers-under-uidonly",
    stage: "rev2",
    found: `C: u ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: u OK x\n${OPEN}C: a FETCH 1 FLAGS\nS: a BAD [UIDREQUIRED] x`,
    missed: `C: u ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: u OK x\n${OPEN}C: a UID FETCH 1 FLAGS\nS: * 1 UIDFETCH (FLAGS ())\nS: a OK x`,
  },
  {
    kind: "charset-with-utf8",
    stage: "rev2",
    found: `${OPEN}C: a SEARCH CHARSET UTF-8 SUBJECT x\nS: * ESEARCH (TAG "a")\nS: a OK x`,
    missed: `${OPEN}C: a SEARCH SUBJECT "\\xc3\\xbc"\nS: * ESEARCH (TAG "a")\nS: a OK x`,
  },
  {
    kind: "append-over-limit",
    stage: "authenticated",
    found: "C: a APPEND x {11}\nS: + ok\nC: 01234567890\nS: a NO [TOOBIG] x",
    missed: "C: a APPEND x {10}\nS: + ok\nC: 0123456789\nS: a OK x",
  },
  // Client: syntax
  {
    kind: "command-line-too-long",
    found: `C: a UID FETCH ${"1,".repeat(4100)}1 FLAGS`,
    missed: `C: a UID FETCH ${"1,".repeat(4000)}1 FLAGS`,
  },
  { kind: "argument-missing", found: "C: a SELECT", missed: 'C: a SELECT ""\nS: a NO x' },
  { kind: "argument-invalid", found: "C: a FETCH 0 FLAGS", missed: "C: a UID FETCH 4294967295 FLAGS" },
  { kind: "argument-surplus", found: "C: a NOOP now", missed: "C: a ID NIL" },
  { kind: "client-space", found: "C: a  NOOP", missed: "C: a NOOP" },
  { kind: "client-bare-lf", found: "C| a NOOP\\n", missed: "C| a NOOP\\r\nC| \\n" },
  { kind: "client-bare-cr", found: "C: a LIST \\r *", missed: "C: a NOOP" },
  {
    kind: "client-blank-line",
    found: "C: ",
    missed: "C: a APPEND x {2}\nS: + x\nC| \\r\\n\\r\\n\nS: a OK x",
  },
  {
    kind: "client-nul",
    found: "C: a APPEND x {3}\nS: + x\nC: a\\x00c\nS: a NO x",
    missed: "C: a APPEND x ~{3}\nS: + x\nC: a\\x00c\nS: a OK x",
  },
  {
    kind: "client-8bit",
    also: ["client-8bit?"],
    found: 'C: a SEARCH SUBJECT "\\xc3\\xbc"',
    missed: "C: a SEARCH CHARSET UTF-8 SUBJECT {2}\nS: + x\nC: \\xc3\\xbc",
  },
  { kind: "client-unbalanced", found: "C: a FETCH 1 (FLAGS", missed: "C: a FETCH 1 (FLAGS)" },
  {
    kind: "mailbox-name-utf7",
    also: ["mailbox-name-utf7?"],
    found: "C: a SELECT a&b\nS: a NO x",
    missed: "C: a SELECT a&-b&APw-\nS: a NO x",
  },
  { kind: "client-cut", found: "C| a NOO\n-- end client", missed: "C: a NOOP\n-- end client" },
  {
    kind: "client-limit",
    also: ["client-limit", "command-line-too-long"],
    found: `C: a SEARCH ${"(".repeat(120)}ALL${")".repeat(120)}${" ALL".repeat(2100)}`,
    missed: `C: a SEARCH ${"(".repeat(90)}ALL${")".repeat(90)}`,
  },
  // Server: tags, order, state
  {
    kind: "greeting-invalid",
    stage: "plain",
    found: "S: * NO [UNAVAILABLE] x",
    missed: "S: * BYE [UNAVAILABLE] x",
  },
  {
    kind: "tagged-unknown",
    found: "C: a NOOP\nS: b OK x\nS: a OK x",
    missed: "C: b NOOP\nC: a NOOP\nS: a OK x\nS: b OK x",
  },
  {
    kind: "tagged-duplicate",
    found: "C: a NOOP\nS: a OK x\nS: a OK x",
    missed: "C: a NOOP\nS: a OK x\nC: a NOOP\nS: a OK x",
  },
  {
    kind: "tagged-early",
    also: ["tagged-early", "continuation-missing"],
    found: "C: a APPEND x {3}\nS: a OK x",
    missed: "C: a APPEND x {3}\nS: a NO [TRYCREATE] x",
  },
  {
    kind: "tagged-status-invalid",
    found: "C: a LOGOUT\nS: * BYE x\nS: a BYE x",
    missed: "C: a LOGOUT\nS: * BYE x\nS: a OK x",
  },
  { kind: "continuation-unexpected", found: "S: + x", missed: "C: a IDLE\nS: + " },
  {
    kind: "continuation-missing",
    found: "C: a IDLE\nC: DONE\nS: a OK x",
    missed: "C: a IDLE\nS: a NO x",
  },
  {
    kind: "expunge-forbidden",
    found: "C: a STORE 1 +FLAGS (\\Seen)\nS: * 1 EXPUNGE",
    missed: "C: a UID STORE 1 +FLAGS (\\Seen)\nS: * 1 EXPUNGE",
  },
  {
    kind: "expunge-under-qresync",
    stage: "rev2",
    found: `${OPEN}C: a NOOP\nS: * 1 EXPUNGE\nS: a OK x`,
    missed: `${OPEN}C: a NOOP\nS: * VANISHED 1\nS: a OK x`,
  },
  {
    kind: "exists-decreased",
    found: "C: a NOOP\nS: * 4 EXISTS",
    missed: "C: a NOOP\nS: * 5 EXPUNGE\nS: * 4 EXISTS\nS: * 4 EXISTS",
  },
  {
    kind: "sequence-number-out-of-range",
    found: "S: * 6 FETCH (FLAGS ())",
    missed: "S: * 6 EXISTS\nS: * 6 FETCH (FLAGS ())",
  },
  {
    kind: "server-sequence-numbers-under-uidonly",
    stage: "rev2",
    found: `C: u ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: u OK x\n${OPEN}S: * 1 FETCH (FLAGS ())`,
    missed: `C: u ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: u OK x\n${OPEN}S: * 70 UIDFETCH (FLAGS ())`,
  },
  {
    kind: "select-data-missing",
    stage: "rev2",
    found: "C: a SELECT Sent\nS: * 3 EXISTS\nS: a OK [READ-WRITE] x",
    missed: `C: a EXAMINE Sent\n${opened().replace(/.*PERMANENTFLAGS.*\n/, "")}S: a OK [READ-ONLY] x`,
  },
  {
    kind: "closed-missing",
    stage: "rev2",
    found: `${OPEN}C: a SELECT INBOX\n${opened("INBOX")}S: a OK [READ-WRITE] x`,
    missed: `${OPEN}C: a SELECT INBOX\nS: * OK [CLOSED] x\n${opened("INBOX")}S: a OK [READ-WRITE] x`,
  },
  {
    kind: "uidvalidity-invalid",
    found: "C: a STATUS x (UIDNEXT)\nS: * STATUS x (UIDNEXT 0)",
    missed: "C: a STATUS x (UIDNEXT MESSAGES)\nS: * STATUS x (UIDNEXT 1 MESSAGES 0)",
  },
  { kind: "uidvalidity-changed", found: "S: * OK [UIDVALIDITY 8] x", missed: "S: * OK [UIDVALIDITY 7] x" },
  {
    kind: "uidnext-decreased",
    found:
      "C: a STATUS x (UIDNEXT UIDVALIDITY)\nS: * STATUS x (UIDNEXT 5 UIDVALIDITY 1)\nS: * STATUS x (UIDNEXT 4 UIDVALIDITY 1)",
    missed:
      "C: a STATUS x (UIDNEXT UIDVALIDITY)\nS: * STATUS x (UIDNEXT 5 UIDVALIDITY 1)\nS: * STATUS x (UIDNEXT 4 UIDVALIDITY 2)",
  },
  {
    kind: "uid-not-ascending",
    found: "C: a UID FETCH 1:* UID\nS: * 1 FETCH (UID 9)\nS: * 2 FETCH (UID 8)",
    missed: "C: a UID FETCH 1:* UID\nS: * 2 FETCH (UID 9)\nS: * 1 FETCH (UID 8)",
  },
  {
    kind: "modseq-decreased",
    also: ["modseq-decreased?"],
    found:
      "C: a STATUS x (HIGHESTMODSEQ)\nS: * STATUS x (HIGHESTMODSEQ 90060115194045001)\nS: * STATUS x (HIGHESTMODSEQ 90060115194045000)",
    missed:
      "C: a STATUS x (HIGHESTMODSEQ)\nS: * STATUS x (HIGHESTMODSEQ 90060115194045000)\nS: * STATUS x (HIGHESTMODSEQ 90060115194045001)",
  },
  {
    kind: "search-for-esearch",
    also: ["search-for-esearch?"],
    found: "C: a SEARCH RETURN (ALL) ALL\nS: * SEARCH 1",
    missed: "C: a SEARCH RETURN (ALL) ALL\nC: b SEARCH ALL\nS: * SEARCH 1",
  },
  {
    kind: "esearch-without-tag",
    found: "C: a SEARCH RETURN (ALL) ALL\nS: * ESEARCH ALL 1",
    missed: 'C: a SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG "a") ALL 1',
  },
  {
    kind: "fetch-items-missing",
    found: "C: a FETCH 1 (ENVELOPE RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 5)\nS: a OK x",
    missed:
      "C: a FETCH 1 (FLAGS RFC822.SIZE)\nS: * 1 FETCH (FLAGS ())\nS: * 1 FETCH (RFC822.SIZE 5)\nS: a OK x",
  },
  {
    kind: "copyuid-sizes-differ",
    found: "C: a COPY 1:2 x\nS: a OK [COPYUID 1 1:2 5] x",
    missed: "C: a COPY 1:2 x\nS: a OK [COPYUID 1 1:2 5,9] x",
  },
  {
    kind: "move-without-copyuid",
    also: ["move-without-copyuid?"],
    found: "C: a MOVE 1 x\nS: * 1 EXPUNGE\nS: a OK x",
    missed: "C: a MOVE 1 x\nS: * OK [COPYUID 1 1 2] x\nS: * 1 EXPUNGE\nS: a OK x",
  },
  {
    kind: "list-attributes-contradict",
    found: 'C: a LIST "" *\nS: * LIST (\\HasChildren \\HasNoChildren) "/" x',
    missed: 'C: a LIST "" *\nS: * LIST (\\HasChildren \\Noselect \\NonExistent) "/" x',
  },
  {
    kind: "capability-missing",
    found: "C: a CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS",
    missed: "C: a CAPABILITY\nS: * CAPABILITY IMAP4 X",
  },
  {
    kind: "enabled-missing",
    stage: "authenticated",
    found: "C: a ENABLE CONDSTORE\nS: a OK x",
    missed: "C: a ENABLE CONDSTORE\nS: * ENABLED\nS: a OK x",
  },
  {
    kind: "idle-ended-by-server",
    found: "C: a IDLE\nS: + x\nS: a OK x",
    missed: "C: a IDLE\nS: + x\nC: DONE\nS: a OK x",
  },
  {
    kind: "logout-without-bye",
    found: "C: a LOGOUT\nS: a OK x",
    missed: "C: a LOGOUT\nS: * BYE x\nS: a OK x",
  },
  { kind: "data-after-bye", found: "S: * BYE x\nS: * 5 EXISTS", missed: "S: * BYE x\nS: * BYE x" },
  {
    kind: "close-notify-missing",
    found: "S: * 5 EXISTS\n-- bare server",
    missed: "S: * 5 EXISTS\n-- end server",
  },
  {
    kind: "autologout-too-soon",
    also: ["autologout-too-soon?"],
    found: "@100000\nS: * BYE Autologout; idle for too long",
    missed: "@1900000\nS: * BYE Autologout; idle for too long",
  },
  {
    kind: "starttls-injection",
    stage: "plain",
    found:
      "S: * OK hi\nC: a STARTTLS\nS| a OK go\\r\\n* CAPABILITY IMAP4rev1\\r\\n\n-- starttls client\n-- starttls server\n-- tls client\n-- tls server",
    missed:
      "S: * OK hi\nC: a STARTTLS\nS| a OK go\\r\\n\n-- starttls client\n-- starttls server\n-- tls client\n-- tls server",
  },
  // Server: syntax
  { kind: "response-malformed", found: "S: what is this", missed: "S: * OK what is this" },
  { kind: "response-unknown", found: "S: * FROBNICATED 1", missed: "S: * XAPPLEPUSHSERVICE aps-version 1" },
  {
    kind: "response-data-invalid",
    found: "S: * ID (name x)",
    also: ["response-data-invalid", "response-data-invalid"],
    missed: 'S: * ID ("name" "x")',
  },
  { kind: "response-data-missing", found: "S: * STATUS x (MESSAGES)", missed: "S: * STATUS x ()" },
  { kind: "response-data-surplus", found: "S: * 5 EXISTS now", missed: "S: * SEARCH" },
  { kind: "response-code-invalid", found: 'S: * OK [Error="no" Proxy=x] y', missed: "S: * OK UIDNEXT 5] x" },
  { kind: "response-text-missing", found: "C: a NOOP\nS: a OK", missed: "C: a NOOP\nS: a OK x" },
  { kind: "status-missing", found: "S: * [UIDNEXT 70] x", missed: "S: * OK [UIDNEXT 70] x" },
  {
    kind: "literal-non-synchronizing-from-server",
    found: "S: * STATUS {1+}\nS: x (MESSAGES 1)",
    missed: "S: * STATUS {1}\nS: x (MESSAGES 1)",
  },
  {
    kind: "literal-length-suspect",
    also: [
      "literal-length-suspect?",
      "response-data-invalid",
      "response-data-missing",
      "response-data-surplus",
    ],
    found: "S: * STATUS {1}\nS: xyz (MESSAGES 1)",
    missed: "S: * STATUS {3}\nS: xyz (MESSAGES 1)",
  },
  { kind: "quoted-invalid", found: 'S: * LIST () "\\" x', missed: 'S: * LIST () "\\\\" x' },
  { kind: "server-unbalanced", found: "S: * FLAGS (\\Seen", missed: "S: * OK unbalanced ( text" },
  { kind: "nil-unexpected", found: "S: * FLAGS NIL", missed: "S: * ID NIL" },
  { kind: "number-invalid", found: "S: * 1 FETCH (RFC822.SIZE -1)", missed: "S: * 1 FETCH (RFC822.SIZE 0)" },
  { kind: "flag-invalid", found: 'S: * FLAGS ("\\\\Seen")', missed: "S: * FLAGS (\\Seen $x [y)" },
  {
    kind: "address-invalid",
    found:
      'S: * 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL "a" "b") (NIL NIL "c" "d")) NIL NIL NIL NIL NIL NIL NIL))',
    missed:
      'S: * 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL "a" "b")(NIL NIL "c" "d")) NIL NIL NIL NIL NIL NIL NIL))',
  },
  {
    kind: "body-structure-invalid",
    found: 'S: * 1 FETCH (BODYSTRUCTURE ("ALTERNATIVE"))',
    missed: 'S: * 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 0))',
  },
  { kind: "set-invalid", found: "S: * VANISHED (EARLIER) 0", missed: "S: * VANISHED (EARLIER) 1:4294967295" },
  { kind: "server-mailbox-name-utf7", found: 'S: * LIST () "/" a&b', missed: 'S: * LIST () "/" a&-b' },
  { kind: "server-space", found: "S: *  5 EXISTS", missed: "S: * OK  x " },
  { kind: "server-bare-lf", found: "S| * OK x\\n", missed: "S| * OK x\\r\nS| \\n" },
  { kind: "server-bare-cr", found: "S: * OK a\\rb", missed: "S| * OK a\\r\\n" },
  { kind: "server-blank-line", found: "S: ", missed: "S: * 1 FETCH (BODY[] {2}\nS: \nS: )" },
  { kind: "server-nul", found: "S: * OK a\\x00b", missed: "S: * 1 FETCH (BINARY[1] ~{3}\nS| a\\x00b)\\r\\n" },
  {
    kind: "server-control",
    found: 'S: * LIST () "/" a\\x09b',
    missed: "S: * 1 FETCH (BODY[] {3}\nS| a\\x09b)\\r\\n",
  },
  {
    kind: "server-8bit",
    also: ["server-8bit?"],
    found: 'S: * LIST () "/" "\\xc3\\xbc"',
    missed: 'S: * LIST () "/" "\\xc3\\xbc"',
    missedStage: "rev2",
  },
  {
    kind: "nesting-too-deep",
    found: `S: * THREAD ${"(".repeat(120)}1${")".repeat(120)}`,
    missed: `S: * THREAD ${"(".repeat(90)}1${")".repeat(90)}`,
  },
  {
    kind: "server-limit",
    found: `S: * SEARCH${" 1".repeat(100_001)}`,
    missed: `S: * SEARCH${" 1".repeat(99_999)}`,
  },
  { kind: "server-cut", found: "S| * OK x\n-- end server", missed: "S: * OK x\n-- end server" },
];

for (const { kind, also, stage = "selected", found, missed, missedStage = stage } of ROWS) {
  test(`${kind} is found`, () => {
    assert.deepEqual(STAGES[stage](found).defects, also ?? [kind]);
  });
  test(`${kind} is not found in what comes near it`, () => {
    assert.deepEqual(STAGES[missedStage](missed).defects, []);
  });
}

test("every kind of defect has its row", () => {
  assert.deepEqual(
    ROWS.map(({ kind }) => kind),
    Object.keys(DEFECTS),
  );
});
