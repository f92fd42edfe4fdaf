/** Where servers give secrets back or make them: echoes, URLs, links, tokens of devices. */
import type { Secret, SecretRow } from "./secret-rows.ts";

const X = "xxxxxxxx";
const IN = ["C: a0 LOGIN alice wonderland", "S: a0 OK in"];
const IN_MASKED = [`C: a0 LOGIN alice ${X}`, "S: a0 OK in"];

type Said = (secret: Secret) => readonly string[];

function echo(name: string, said: Said, masked: readonly string[], odd?: true): SecretRow {
  return {
    section: "echoes",
    name,
    said: (s) => [`C: a LOGIN alice "${s.quoted}"`, ...said(s)],
    masked: [`C: a LOGIN alice ${X}`, ...masked],
    ...(odd === undefined ? {} : { odd }),
  };
}

function row(section: string, name: string, said: Said, masked: readonly string[]): SecretRow {
  return { section, name, said: (s) => [...IN, ...said(s)], masked: [...IN_MASKED, ...masked] };
}

const ECHOES: readonly SecretRow[] = [
  echo("tagged NO", (s) => [`S: a NO ${s.raw} is wrong`], [`S: a NO ${X} is wrong`], true),
  echo(
    "tagged BAD, the whole command",
    (s) => [`S: a BAD Unknown: LOGIN alice "${s.quoted}"`],
    [`S: a BAD Unknown: LOGIN alice "${X}"`],
    true,
  ),
  echo("escaped", (s) => [`S: a BAD "${s.quoted}"`], [`S: a BAD "${X}"`], true),
  echo("upper case", (s) => [`S: a BAD ${s.raw.toUpperCase()}?`], [`S: a BAD ${X}?`]),
  echo("Base64", (s) => [`S: a BAD (${s.base64()})`], [`S: a BAD (${X})`], true),
  echo(
    "percent-encoded",
    (s) => [`S: a BAD ${s.raw.replace(/[^\w.~-]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`],
    [`S: a BAD ${X}`],
    true,
  ),
  echo(
    "within a word",
    (s) => [`S: a BAD <${s.raw}>,${s.raw}+${s.raw}`],
    [`S: a BAD <${X}>,${X}+${X}`],
    true,
  ),
  echo(
    "untagged OK, NO, BAD, BYE",
    (s) => [`S: * OK ${s.raw}`, `S: * NO ${s.raw}`, `S: * BAD ${s.raw}`, `S: * BYE ${s.raw}`],
    [`S: * OK ${X}`, `S: * NO ${X}`, `S: * BAD ${X}`, `S: * BYE ${X}`],
    true,
  ),
  echo("continuation request", (s) => [`S: + ${s.raw}`], [`S: + ${X}`], true),
  echo("code unknown", (s) => [`S: a NO [X-ECHO ${s.raw}] no`], [`S: a NO [X-ECHO ${X}] no`]),
  echo("code not closed", (s) => [`S: a NO [X-ECHO ${s.raw}`], [`S: a NO [X-ECHO ${X}`]),
  echo("BADURL", (s) => [`S: a NO [BADURL "/x/${s.quoted}"] no`], [`S: a NO [BADURL "/x/${X}"] no`], true),
  echo("REFERRAL", (s) => [`S: a NO [REFERRAL imap://alice:${s.raw}@h/] there`], [
    `S: a NO [REFERRAL imap://alice:${X}@h/] there`,
  ]),
  echo("REFERRAL with AUTH", (s) => [`S: a NO [REFERRAL imap://alice;AUTH=${s.raw}@h/] there`], [
    `S: a NO [REFERRAL imap://alice;AUTH=${X}@h/] there`,
  ]),
  echo(
    "a line that is no response",
    (s) => [`S: LOGIN alice "${s.quoted}"`],
    [`S: LOGIN alice "${X}"`],
    true,
  ),
  echo("a status that is none", (s) => [`S: a BOGUS ${s.raw}`], [`S: a BOGUS ${X}`], true),
  echo("a code without a status", (s) => [`S: * [COPYUID ${s.raw}]`], [`S: * [COPYUID ${X}]`]),
  echo(
    "a response of unknown name",
    (s) => [`S: * XECHO "${s.quoted}" {1}`, "S: y"],
    [`S: * XECHO "${X}" {1}`, "S: y"],
    true,
  ),
  echo("the name of a response", (s) => [`S: * ${s.raw}`, `S: * 5 ${s.raw}`], [`S: * ${X}`, `S: * 5 ${X}`]),
  echo("a tag", (s) => [`S: ${s.raw} BAD what`], [`S: ${X} BAD what`]),
  echo("a literal header in text", (s) => [`S: * OK ${s.raw} {5}`, "S: a OK"], [
    `S: * OK ${X} {5}`,
    "S: a OK",
  ]),
  echo("leading NUL, bare LF", (s) => [`S: \0* NO ${s.raw}\n`], [`S: \0* NO ${X}\n`]),
  echo(
    "long after",
    (s) => ["S: a OK in", "C: b NOOP", "S: b OK", "C: c NOOP", `S: c BAD ${s.raw}`],
    ["S: a OK in", "C: b NOOP", "S: b OK", "C: c NOOP", `S: c BAD ${X}`],
    true,
  ),
  echo("last line, without an end", (s) => [`S: a BAD ${s.raw}\\`], [`S: a BAD ${X}\\`], true),
  {
    section: "echoes",
    name: "of a line that is not complete",
    said: (s) => [`C: a LOGIN alice ${s.raw}\\`, `S: * BYE idle after ${s.raw}`],
    masked: ["C: a LOGIN alice \\", `S: * BYE idle after ${X}`],
  },
  {
    section: "echoes",
    name: "of a line of which nothing is decided",
    said: (s) => [`C: ${s.raw}\\`, `S: * BYE idle after ${s.raw}`],
    masked: [`C: ${X}\\`, `S: * BYE idle after ${X}`],
  },
  {
    section: "echoes",
    name: "of a SASL message, encoded and decoded",
    said: (s) => [
      "C: a AUTHENTICATE PLAIN",
      "S: + ",
      `C: ${s.base64("\0alice\0")}`,
      `S: a NO alice/${s.raw} or ${s.base64("\0alice\0")} or "${s.quoted}" or ${s.base64()}`,
    ],
    masked: ["C: a AUTHENTICATE PLAIN", "S: + ", `C: ${X}`, `S: a NO alice/${X} or ${X} or "${X}" or ${X}`],
    odd: true,
  },
  {
    section: "echoes",
    name: "of a SASL message without padding",
    said: (s) => [
      `C: a AUTHENTICATE PLAIN ${s.base64("\0alice\0", "z").replace(/=+$/, "")}`,
      `S: a NO not ${s.raw}z`,
    ],
    masked: [`C: a AUTHENTICATE PLAIN ${X}`, `S: a NO not ${X}`],
  },
  {
    section: "echoes",
    name: "of a bearer token",
    said: (s) => [
      `C: a AUTHENTICATE XOAUTH2 ${s.base64("user=alice\x01auth=Bearer ", "\x01\x01")}`,
      `S: a NO alice: Bearer ${s.raw} expired`,
    ],
    masked: [`C: a AUTHENTICATE XOAUTH2 ${X}`, `S: a NO alice: Bearer ${X} expired`],
  },
  {
    section: "echoes",
    name: "of an unknown command, tag and all",
    said: (s) => [`C: a ${s.raw}`, `S: a BAD ${s.raw}`, "C: a NOOP", "S: a OK"],
    masked: [`C: ${X}`, `S: ${X} BAD ${X}`, "C: a NOOP", "S: a OK"],
  },
  {
    section: "echoes",
    name: "of a password without a tag",
    said: (s) => [`C: ${s.raw}`, `S: ${s.raw} BAD missing command`],
    masked: [`C: ${X}`, `S: ${X} BAD missing command`],
  },
];

const TOKEN_URL = "imap://alice@h/x;UID=2;URLAUTH=submit+fred:internal:";

const URLS: readonly SecretRow[] = [
  row(
    "URLAUTH",
    "GENURLAUTH",
    (s) => [
      `C: b GENURLAUTH "imap://alice@h/x;URLAUTH=anonymous" INTERNAL`,
      `S: * GENURLAUTH "${TOKEN_URL}${s.raw}"`,
      "S: b OK",
    ],
    [
      `C: b GENURLAUTH "imap://alice@h/x;URLAUTH=anonymous" INTERNAL`,
      `S: * GENURLAUTH "${TOKEN_URL}${X}"`,
      "S: b OK",
    ],
  ),
  row(
    "URLAUTH",
    "GENURLAUTH, two, one a literal",
    (s) => [`S: * GENURLAUTH "${TOKEN_URL}${s.raw}" {${s.octets}}`, `S: ${s.raw}`],
    [`S: * GENURLAUTH "${TOKEN_URL}${X}" {8}`, `S: ${X}`],
  ),
  row(
    "URLAUTH",
    "URLFETCH quoted, atom and literal",
    (s) => [`C: b URLFETCH "${TOKEN_URL}${s.raw}" ${TOKEN_URL}${s.raw} {${s.octets + 1}+}`, `C: :${s.raw}`],
    [`C: b URLFETCH "${TOKEN_URL}${X}" ${TOKEN_URL}${X} {8+}`, `C: ${X}`],
  ),
  row(
    "URLAUTH",
    "URLFETCH extended",
    (s) => [`C: b URLFETCH ("${TOKEN_URL}${s.raw}" BODYPARTSTRUCTURE BINARY)`],
    [`C: b URLFETCH ("${TOKEN_URL}${X}" BODYPARTSTRUCTURE BINARY)`],
  ),
  row("URLAUTH", "URLFETCH reply", (s) => [`S: * URLFETCH "${TOKEN_URL}${s.raw}" {3}`, "S: abc"], [
    `S: * URLFETCH "${TOKEN_URL}${X}" {3}`,
    "S: abc",
  ]),
  row("URLAUTH", "URLFETCH reply, NIL", (s) => [`S: * URLFETCH ${TOKEN_URL}${s.raw} NIL`], [
    `S: * URLFETCH ${TOKEN_URL}${X} NIL`,
  ]),
  row(
    "URLAUTH",
    "URLFETCH reply, URLs as literals",
    (s) => [`S: * URLFETCH {${s.octets}}`, `S: ${s.raw} {3}`, `S: abc {${s.octets}}`, `S: ${s.raw} NIL`],
    ["S: * URLFETCH {8}", `S: ${X} {3}`, "S: abc {8}", `S: ${X} NIL`],
  ),
  row(
    "URLAUTH",
    "URLFETCH reply, extended",
    (s) => [
      `S: * URLFETCH "${TOKEN_URL}${s.raw}" (BODYPARTSTRUCTURE ("text" "plain") BINARY ~{3}`,
      "S: abc)",
    ],
    [`S: * URLFETCH "${TOKEN_URL}${X}" (BODYPARTSTRUCTURE ("text" "plain") BINARY ~{3}`, "S: abc)"],
  ),
  row(
    "URLAUTH",
    "CATENATE",
    (s) => [
      `C: b APPEND x (\\Seen) CATENATE (URL "${TOKEN_URL}${s.raw}" TEXT {3+}`,
      `C: abc URL "${TOKEN_URL}${s.raw}" URL {${s.octets}+}`,
      `C: ${s.raw} TEXT {1+}`,
      "C: z)",
    ],
    [
      `C: b APPEND x (\\Seen) CATENATE (URL "${TOKEN_URL}${X}" TEXT {3+}`,
      `C: abc URL "${TOKEN_URL}${X}" URL {8+}`,
      `C: ${X} TEXT {1+}`,
      "C: z)",
    ],
  ),
  row(
    "URLAUTH",
    "CATENATE, synchronizing, refused",
    (s) => [
      `C: b APPEND x CATENATE (URL {${s.octets}}`,
      "S: + go",
      `C: ${s.raw} TEXT {9}`,
      `S: b NO [BADURL "${s.raw}"] no`,
      "C: c NOOP",
    ],
    [
      "C: b APPEND x CATENATE (URL {8}",
      "S: + go",
      `C: ${X} TEXT {9}`,
      `S: b NO [BADURL "${X}"] no`,
      "C: c NOOP",
    ],
  ),
  row("URLAUTH", "REPLACE", (s) => [`C: b UID REPLACE 4 x CATENATE (URL "${TOKEN_URL}${s.raw}")`], [
    `C: b UID REPLACE 4 x CATENATE (URL "${TOKEN_URL}${X}")`,
  ]),
  row("URLAUTH", "BADURL", (s) => [`S: * NO [BADURL "/x;urlauth=user+alice:internal:${s.raw}"] no`], [
    `S: * NO [BADURL "/x;urlauth=user+alice:internal:${X}"] no`,
  ]),
  row(
    "URLAUTH",
    "token alone, later",
    (s) => [`C: b URLFETCH "${TOKEN_URL}${s.raw}"`, `S: b BAD token ${s.raw} is wrong`],
    [`C: b URLFETCH "${TOKEN_URL}${X}"`, `S: b BAD token ${X} is wrong`],
  ),
  row(
    "URLAUTH",
    "RESETKEY",
    (s) => [`C: b RESETKEY ${s.raw} INTERNAL`, "S: b OK reset", "C: c NOOP", "S: c NO Internal error"],
    [`C: b RESETKEY ${X}`, "S: b OK reset", "C: c NOOP", "S: c NO Internal error"],
  ),
];

const LINKS: readonly SecretRow[] = [
  row("links", "WEBALERT", (s) => [`S: * NO [WEBALERT https://h/?plt=${s.raw}] Web login required.`], [
    `S: * NO [WEBALERT ${X}] Web login required.`,
  ]),
  row(
    "links",
    "WEBALERT, tagged, any case, not closed",
    (s) => ["C: b NOOP", `S: b NO [WebAlert https://h/?plt=${s.raw}`],
    ["C: b NOOP", `S: b NO [WebAlert ${X}`],
  ),
  row(
    "links",
    "WEBALERT with a link in the text",
    (s) => [`S: * NO [WEBALERT ${s.raw}] go to HTTPS://h/${s.raw}.`],
    [`S: * NO [WEBALERT ${X}] go to ${X}`],
  ),
  row("links", "ALERT", (s) => [`S: * NO [ALERT] go to https://h/?plt=${s.raw} (now)`], [
    `S: * NO [ALERT] go to ${X} (now)`,
  ]),
  row("links", "ALERT with an argument", (s) => [`S: * BYE [ALERT https://h/?plt=${s.raw}] bye`], [
    `S: * BYE [ALERT ${X}] bye`,
  ]),
  row("links", "JMAPACCESS", (s) => [`S: * JMAPACCESS "https://h/${s.raw}"`], [`S: * JMAPACCESS ${X}`]),
  row("links", "JMAPACCESS as a literal", (s) => [`S: * JMAPACCESS {${s.octets}}`, `S: ${s.raw}`], [
    "S: * JMAPACCESS {8}",
    `S: ${X}`,
  ]),
];

const DEVICES: readonly SecretRow[] = [
  row("devices", "PROXYAUTH", (s) => [`C: b PROXYAUTH ${s.raw}`, `S: b NO ${s.raw} is nobody`], [
    `C: b PROXYAUTH ${X}`,
    `S: b NO ${X} is nobody`,
  ]),
  row("devices", "PROXYAUTH literal", (s) => [`C: b proxyauth {${s.octets}}`, "S: + go", `C: ${s.raw}`], [
    "C: b proxyauth {8}",
    "S: + go",
    `C: ${X}`,
  ]),
  row("devices", "X-MASTERAUTH", (s) => [`C: b X-MASTERAUTH ${s.raw} "${s.raw}"`], [
    `C: b X-MASTERAUTH ${X}`,
  ]),
  row(
    "devices",
    "XAPPLEPUSHSERVICE",
    (s) => [
      `C: b XAPPLEPUSHSERVICE aps-version 2 aps-account-id ${s.raw} aps-device-token ${s.raw} mailboxes (INBOX)`,
      `S: * XAPPLEPUSHSERVICE aps-version "1" aps-topic "${s.raw}"`,
      "S: b NO [NONEXISTENT] INBOX of version 2",
    ],
    [
      `C: b XAPPLEPUSHSERVICE ${X}`,
      `S: * XAPPLEPUSHSERVICE ${X}`,
      "S: b NO [NONEXISTENT] INBOX of version 2",
    ],
  ),
];

export const ECHO_ROWS: readonly SecretRow[] = [...ECHOES, ...URLS, ...LINKS, ...DEVICES];
