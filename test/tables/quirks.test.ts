/**
 * What real servers have sent and clients had to live with: the octets, what is recovered of them, and the defects that they
 * are. Behind each of them the dialogue frames on: the NOOP that follows is completed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResponseObservation } from "../../src/core/observation.ts";
import { plain } from "../parsed-response.ts";
import { play, playSelected } from "../playbook.ts";

interface Row {
  readonly name: string;
  /** Behind the prelude with INBOX of five messages, unless `fresh`. */
  readonly fresh?: true;
  readonly said: string;
  /** What is recovered, a line for each response of the server but the last. */
  readonly says: readonly string[];
  readonly defects: readonly string[];
  /** The connection is over, so nothing follows. */
  readonly last?: true;
}

const IN = "S: * PREAUTH [CAPABILITY IMAP4rev1 ENABLE QRESYNC ID] x\n";

const ROWS: readonly Row[] = [
  {
    name: "Exchange: COPYUID without a status",
    said: "C: a UID COPY 31 x\nS: [COPYUID 55 31 6]\nS: * [COPYUID 55 31 6]\nS: a OK done",
    says: ["* OK COPYUID 55 31>6 likely", "* OK COPYUID 55 31>6 likely", "a OK certain"],
    defects: ["response-text-missing", "status-missing", "response-text-missing", "status-missing"],
  },
  {
    name: "Outlook.com: COPYUID of nothing",
    said: "C: a UID COPY 31 x\nS: a OK [COPYUID 701  ] done",
    says: ["a OK COPYUID 701 > certain"],
    defects: ["server-space", "set-invalid", "set-invalid"],
  },
  {
    name: "Office 365: an error where a response code belongs",
    said: 'C: a NOOP\nS: a OK [Error="Microsoft.WrongServerException: no" Proxy=AB1:1993:SSL Service=Imap4] AUTHENTICATE completed.',
    says: ['a OK ERROR "Microsoft.WrongServerException: no" Proxy=AB1:1993:SSL Service=Imap4 certain'],
    defects: ["response-code-invalid"],
  },
  {
    name: "Office 365: authenticated but not connected",
    fresh: true,
    said: "S: * OK x\nC: a LOGIN x y\nS: a OK x\nC: b SELECT INBOX\nS: b BAD User is authenticated but not connected.\nS: * BYE Connection closed.",
    says: ["* OK greeting", "a OK certain", "b BAD certain", "* BYE unsolicited"],
    defects: [],
    last: true,
  },
  {
    name: "Exchange 2003: the text of a completion once more",
    said: "C: a CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: a OK CAPABILITY completed.\nS: CAPABILITY completed.",
    says: ["CAPABILITY IMAP4REV1 certain", "a OK certain", "malformed CAPABILITY completed."],
    defects: ["response-malformed"],
  },
  {
    name: "Exchange: control characters in mailbox names",
    said: 'C: a LIST "" *\nS: * LIST (\\HasNoChildren) "/" foo\\x09bar\nS: a OK x',
    says: ["LIST / foo\tbar certain", "a OK certain"],
    defects: ["server-control"],
  },
  {
    name: "Exchange: a string where a disposition belongs, and no size",
    said: 'C: a FETCH 1 BODYSTRUCTURE\nS: * 1 FETCH (BODYSTRUCTURE ("APPLICATION" "PDF" NIL NIL NIL "BASE64" -1 NIL "inline" NIL))\nS: * 1 FETCH (BODYSTRUCTURE ("APPLICATION" "PDF" NIL NIL NIL "BASE64" 9 NIL "S/MIME Encrypted Message" NIL NIL))\nS: a OK x',
    says: [
      "1 FETCH BODYSTRUCTURE application/pdf 0 inline certain",
      "1 FETCH BODYSTRUCTURE application/pdf 9 s/mime encrypted message certain",
      "a OK certain",
    ],
    defects: ["number-invalid", "body-structure-invalid", "body-structure-invalid"],
  },
  {
    name: "Exchange: a part of NIL",
    said: "C: a FETCH 1 BODYSTRUCTURE\nS: * 1 FETCH (BODYSTRUCTURE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\nS: a OK x",
    says: ["1 FETCH BODYSTRUCTURE  0  certain", "a OK certain"],
    defects: ["nil-unexpected", "nil-unexpected", "nil-unexpected", "nil-unexpected"],
  },
  {
    name: "Exchange: RETURN () returns nothing",
    said: 'C: x SEARCH RETURN () ALL\nS: * ESEARCH (TAG "x") UID\nS: x OK x',
    says: ["ESEARCH x uid certain", "x OK certain"],
    defects: [],
  },
  {
    name: "Outlook.com: a space between addresses",
    said: 'C: a FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE (NIL "s" ((NIL NIL "a" "b") (NIL NIL "c" "d")) NIL NIL NIL NIL NIL NIL "<x>"))\nS: a OK x',
    says: ["1 FETCH ENVELOPE s a@b,c@d <x> certain", "a OK certain"],
    defects: ["address-invalid"],
  },
  {
    name: "Gmail: a response code without text",
    said: "C: a NOOP\nS: * OK [HIGHESTMODSEQ 12345]\nS: a OK x",
    says: ["* OK HIGHESTMODSEQ 12345 unsolicited", "a OK certain"],
    defects: ["response-text-missing"],
  },
  {
    name: "Gmail: EXPUNGE within FETCH",
    said: "C: a FETCH 1:2 RFC822.SIZE\nS: * 1 FETCH (RFC822.SIZE 5)\nS: * 2 EXPUNGE\nS: a OK x",
    says: ["1 FETCH RFC822.SIZE 5 certain", "2 EXPUNGE unsolicited", "a OK certain"],
    defects: ["expunge-forbidden"],
  },
  {
    name: "Gmail: labels that are NIL",
    fresh: true,
    said: 'S: * PREAUTH x\nS: * 1 FETCH (X-GM-LABELS NIL)\nS: * 1 FETCH (X-GM-LABELS (NIL "\\\\Inbox"))',
    says: [
      "* PREAUTH greeting",
      "1 FETCH X-GM-LABELS  unsolicited",
      "1 FETCH X-GM-LABELS NIL|\\Inbox unsolicited",
    ],
    defects: ["nil-unexpected"],
  },
  {
    name: "Gmail: flags with brackets and spaces",
    said: "S: * FLAGS (\\Answered [foo bar] a]b)\nS: * OK [PERMANENTFLAGS ([css3-page] \\*)] x",
    says: ["FLAGS \\Answered|[foo bar]|a]b unsolicited", "* OK PERMANENTFLAGS [css3-page]|\\* unsolicited"],
    defects: ["flag-invalid", "flag-invalid", "flag-invalid"],
  },
  {
    name: "Gmail: childless multiparts, and attached messages without an envelope",
    said: 'C: a FETCH 1 BODYSTRUCTURE\nS: * 1 FETCH (BODYSTRUCTURE (("ALTERNATIVE") "MIXED"))\nS: * 1 FETCH (BODYSTRUCTURE ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 100 NIL ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) 4))\nS: a OK x',
    says: [
      "1 FETCH BODYSTRUCTURE multipart/mixed(multipart/alternative()) certain",
      "1 FETCH BODYSTRUCTURE message/rfc822 100  certain",
      "a OK certain",
    ],
    defects: ["body-structure-invalid", "nil-unexpected"],
  },
  {
    name: "Gmail: log in by browser",
    fresh: true,
    said: "S: * OK x\nC: a LOGIN x y\nS: * NO [WEBALERT https://accounts.example.org/?plt=AK] Web login required.\nS: a NO [ALERT] Please log in via your web browser",
    says: [
      "* OK greeting",
      "* NO WEBALERT https://accounts.example.org/?plt=AK likely",
      "a NO ALERT  certain",
    ],
    defects: [],
  },
  {
    name: "iCloud, Cyrus 2.0: quotes that are not escaped",
    said: 'C: a FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE ("Mon" "s" NIL NIL NIL NIL NIL NIL NIL "<"a"@b>"))\nS: a OK x',
    says: ['1 FETCH ENVELOPE s  <"a"@b> certain', "a OK certain"],
    defects: ["quoted-invalid"],
  },
  {
    name: "iCloud: nothing but the UID comes",
    said: "C: a UID FETCH 4 (RFC822)\nS: * 1 FETCH (UID 4)\nS: a OK x",
    says: ["1 FETCH UID 4 likely", "a OK certain"],
    defects: ["fetch-items-missing?"],
  },
  {
    name: "iCloud: a space ends CAPABILITY",
    said: "C: a CAPABILITY\nS: * CAPABILITY IMAP4rev1 XAPPLELITERAL \nS: a OK x",
    says: ["CAPABILITY IMAP4REV1|XAPPLELITERAL certain", "a OK certain"],
    defects: ["server-space"],
  },
  {
    name: "iCloud: ENABLE without ENABLED",
    fresh: true,
    said: `${IN}C: a ENABLE QRESYNC\nS: a OK x`,
    says: ["* PREAUTH CAPABILITY IMAP4REV1|ENABLE|QRESYNC|ID greeting", "a OK certain"],
    defects: ["enabled-missing"],
  },
  {
    name: "Yahoo: NO as greeting",
    fresh: true,
    said: "S: * NO [UNAVAILABLE] Server busy",
    says: ["* NO UNAVAILABLE  greeting"],
    defects: ["greeting-invalid"],
  },
  {
    name: "Dovecot: a plus sign within a text",
    said: "C: a APPEND x {3}\nS: + Ready (0.001 + 1.006 secs)\nC: abc\nS: * OK Done (0.001 + 1.006 secs).\nS: a OK Done (0.001 + 1.006 secs).",
    says: ["+ Ready (0.001 + 1.006 secs)", "* OK likely", "a OK certain"],
    defects: [],
  },
  {
    name: "Cyrus 2.4: SEARCH for RETURN ()",
    said: "C: a SEARCH RETURN () ALL\nS: * SEARCH 1 2\nS: a OK x",
    says: ["SEARCH 1|2 likely", "a OK certain"],
    defects: ["search-for-esearch?"],
  },
  {
    name: "public-inbox: a bare plus sign",
    said: "C: a APPEND x {3}\nS| +\\r\\n\nC: abc\nS: a OK x",
    says: ["+ ", "a OK certain"],
    defects: ["server-space"],
  },
  {
    name: "Courier: FETCH of message 0",
    said: "C: a UID STORE 16334 +FLAGS (\\Deleted)\nS: * 0 FETCH (UID 16334 FLAGS ())\nS: a OK x",
    says: ["0 FETCH UID 16334 FLAGS  likely", "a OK certain"],
    defects: ["sequence-number-out-of-range"],
  },
  {
    name: "Domino: parentheses around an item",
    said: 'C: a FETCH 1 (UID ENVELOPE BODYSTRUCTURE)\nS: * 1 FETCH (UID 1 (ENVELOPE (NIL "s" NIL NIL NIL NIL NIL NIL NIL NIL)) BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1))\nS: a OK x',
    says: ["1 FETCH UID 1 ENVELOPE s  null BODYSTRUCTURE text/plain 5  certain", "a OK certain"],
    defects: ["server-unbalanced"],
  },
  {
    name: "Domino: a backslash as delimiter, escaped or not",
    said: 'C: a LIST "" *\nS: * LIST () "\\\\" x\nS: * LIST () "\\" y\nS: a OK x',
    says: ["LIST \\ x certain", "LIST \\ y certain", "a OK certain"],
    defects: ["quoted-invalid"],
  },
  {
    name: "QQ: prompts with a NUL in Base64",
    fresh: true,
    said: "S: * OK x\nC: a AUTHENTICATE LOGIN\nS: + VXNlciBOYW1lAA==\nC: eA==\nS: + UGFzc3dvcmQA\nC: eQ==\nS: a OK x",
    says: ["* OK greeting", "+ VXNlciBOYW1lAA==", "+ UGFzc3dvcmQA", "a OK certain"],
    defects: [],
  },
  {
    name: "QQ: a stray backslash before the closing quote",
    said: 'C: a LIST "" *\nS: * LIST () "/" "sina.com\\"\nS: a OK x',
    says: ["LIST / sina.com\\ certain", "a OK certain"],
    defects: ["quoted-invalid"],
  },
  {
    name: "163: unsafe login",
    fresh: true,
    said: `${IN}C: a SELECT INBOX\nS: a NO SELECT Unsafe Login. Please contact kefu@188.com\nC: b ID ("name" "x")\nS: * ID NIL\nS: b OK x`,
    says: [
      "* PREAUTH CAPABILITY IMAP4REV1|ENABLE|QRESYNC|ID greeting",
      "a NO certain",
      "ID  certain",
      "b OK certain",
    ],
    defects: [],
  },
  {
    name: "163: STATUS of no items, and quotes in quotes",
    said: 'C: a STATUS x (MESSAGES)\nS: * STATUS x ()\nS: * STATUS """" (MESSAGES 1)\nS: a OK x',
    says: ["STATUS x  certain", 'STATUS "" MESSAGES=1 unsolicited', "a OK certain"],
    defects: ["quoted-invalid"],
  },
  {
    name: "Yandex: BYE again and again",
    said: "S: * BYE Server closes.\nS: * BYE Server closes.\nS: * BYE Server closes.",
    says: ["* BYE unsolicited", "* BYE unsolicited", "* BYE unsolicited"],
    defects: [],
    last: true,
  },
  {
    name: "Yandex: a section without a value",
    said: "C: a FETCH 1 (BODY[2])\nS: * 1 FETCH (UID 1 BODY[2] )\nS: a OK x",
    says: ["1 FETCH UID 1 BODY[2] null certain", "a OK certain"],
    defects: ["response-data-missing", "server-space"],
  },
  {
    name: "Yandex: APPENDUID of nothing, attributes twice",
    said: 'C: a APPEND x {3+}\nC: abc\nS: a OK [APPENDUID n none] x\nC: b LIST "" *\nS: * LIST (\\HasNoChildren \\Drafts \\Drafts) "|" Drafts\nS: b OK x',
    says: ["a OK APPENDUID 0  certain", "LIST | Drafts certain", "b OK certain"],
    defects: ["number-invalid", "set-invalid", "list-attributes-contradict?"],
  },
  {
    name: "mail.ru: a size as a fraction, a boundary of NIL",
    said: 'C: a FETCH 1 (RFC822.SIZE BODY)\nS: * 1 FETCH (RFC822.SIZE 9.3736e+06 BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) "MIXED" ("boundary" NIL)))\nS: a OK x',
    says: ["1 FETCH RFC822.SIZE 9373600 BODY multipart/mixed(text/plain 1 ) certain", "a OK certain"],
    defects: ["number-invalid", "nil-unexpected"],
  },
  {
    name: "Zoho: mod-sequences that are none",
    said: "C: a FETCH 1 MODSEQ\nS: * 1 FETCH (MODSEQ (-1))\nS: * 2 FETCH (MODSEQ (0))\nS: a OK x",
    says: ["1 FETCH MODSEQ -1 likely", "2 FETCH MODSEQ 0 unsolicited", "a OK certain"],
    defects: ["number-invalid", "number-invalid"],
  },
  {
    name: "Proton Bridge: UTF-8 in a quoted string",
    said: 'C: a LIST "" *\nS: * LIST () "/" "Entw\\xc3\\xbcrfe"\nS: a OK x',
    says: ["LIST / Entwürfe certain", "a OK certain"],
    defects: ["server-8bit?"],
  },
  {
    name: "Proton Bridge: an item with a comma and NIL",
    said: "C: a FETCH 1 (UID RFC822.SIZE)\nS: * 1 FETCH (UID, NIL RFC822.SIZE 9537)\nS: a OK x",
    says: ["1 FETCH UID null RFC822.SIZE 9537 certain", "a OK certain"],
    defects: ["response-data-invalid", "nil-unexpected"],
  },
  {
    name: "Proton Bridge: an error in brackets",
    said: "C: a NOOP\nS: a BAD [Error offset=15]: unknown search key",
    says: ["a BAD ERROR offset=15 certain"],
    defects: ["server-space"],
  },
  {
    name: "DavMail: two spaces to keep the connection alive",
    said: "C: a NOOP\nS: *  1688 EXISTS\nS: a OK x",
    says: ["1688 EXISTS unsolicited", "a OK certain"],
    defects: ["server-space"],
  },
  {
    name: "wp.pl: a tagged BYE",
    said: "C: a LOGOUT\nS: a BYE IMAP4rev1 Server logging out",
    says: ["a BYE certain"],
    defects: ["tagged-status-invalid"],
    last: true,
  },
  {
    name: "Xeams: the list closes behind the body",
    said: "C: a FETCH 1 (BODY[] FLAGS UID)\nS: * 1 FETCH (BODY[] {3}\nS: abc)\nS:  FLAGS (\\Seen) UID 5)\nS: a OK x",
    says: ["1 FETCH BODY[] abc certain", "malformed FLAGS (\\Seen) UID 5)", "a OK certain"],
    defects: ["server-space", "response-malformed", "fetch-items-missing"],
  },
  {
    name: "a literal shorter than it is",
    said: "C: a FETCH 1 (BODY[] UID)\nS: * 1 FETCH (BODY[] {5}\nS: abcdefgh UID 5)\nS: a OK x",
    says: ["1 FETCH BODY[] abcde FGH null UID 5 likely", "a OK certain"],
    defects: ["literal-length-suspect?", "response-data-missing"],
  },
  {
    name: "an empty line behind a literal",
    said: "C: a FETCH 1 BODY[]\nS: * 1 FETCH (BODY[] {3}\nS: abc\nS: )\nS: \nS: a OK x",
    says: ["1 FETCH BODY[] abc certain", "malformed )", "malformed ", "a OK certain"],
    defects: ["server-unbalanced", "literal-length-suspect?", "response-malformed", "server-blank-line"],
  },
  {
    name: "NULs before a response",
    said: "C: a NOOP\nS: \\x00\\x00a OK x",
    says: ["a OK certain"],
    defects: ["server-nul"],
  },
  {
    name: "flags that are strings, or NIL",
    said: 'S: * FLAGS ("\\\\Seen")\nS: * FLAGS (NIL)',
    says: ["FLAGS \\Seen unsolicited", "FLAGS  unsolicited"],
    defects: ["flag-invalid", "nil-unexpected"],
  },
  {
    name: "codes that are 0",
    said: "S: * OK [UIDVALIDITY 0] x\nS: * OK [UIDNEXT 0] x\nS: * OK [UNSEEN 0] x",
    says: ["* OK UIDVALIDITY 0 unsolicited", "* OK UIDNEXT 0 unsolicited", "* OK UNSEEN 0 unsolicited"],
    defects: ["uidvalidity-invalid", "uidvalidity-invalid", "number-invalid"],
  },
  {
    name: "LITERAL + with a space",
    said: "S: * CAPABILITY IMAP4rev1 LITERAL + IDLE",
    says: ["CAPABILITY IMAP4REV1|LITERAL+|IDLE unsolicited"],
    defects: ["server-space"],
  },
  {
    name: "lower case everywhere",
    said: "C: a fetch 1 (flags)\nS: * 1 fetch (flags (\\seen))\nS: * capability imap4rev1\nS: a ok x",
    says: ["1 FETCH FLAGS \\seen likely", "CAPABILITY IMAP4REV1 unsolicited", "a OK certain"],
    defects: [],
  },
  {
    name: "a size of NIL",
    said: 'C: a FETCH 1 BODY\nS: * 1 FETCH (BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" NIL 1))\nS: a OK x',
    says: ["1 FETCH BODY text/plain 0  certain", "a OK certain"],
    defects: ["nil-unexpected"],
  },
  {
    name: "purelymail: UIDs without UID",
    said: 'C: a UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG "a") ALL 1:5\nS: a OK x',
    says: ["ESEARCH a ALL 1:5 certain", "a OK certain"],
    defects: ["response-data-missing"],
  },
  {
    name: "mail.de: ID is advertised, and unknown",
    said: "C: a ID NIL\nS: a BAD invalid command",
    says: ["a BAD certain"],
    defects: [],
  },
  {
    name: "FLAGS before IDLE is accepted",
    said: "C: a IDLE\nS: * FLAGS (\\Seen)\nS: + idling\nC: DONE\nS: a OK x",
    says: ["FLAGS \\Seen unsolicited", "+ idling", "a OK certain"],
    defects: [],
  },
  {
    name: "RFC 5465 §7: a number behind its name",
    said: "S: * EXISTS 93",
    says: ["93 EXISTS unsolicited"],
    defects: ["response-data-missing"],
  },
];

/** What of a response is recovered, as short as a table needs it. */
function words({ response, attribution, role }: ResponseObservation): string {
  switch (response.kind) {
    case "malformed":
      return `malformed ${response.text}`;
    case "continuation":
      return `+ ${response.text}`;
    case "status": {
      const code = response.code === undefined ? "" : ` ${response.code.name} ${codeWords(response.code)}`;
      return `${response.tag ?? "*"} ${response.status}${code} ${role === "greeting" ? "greeting" : attribution.certainty}`;
    }
    case "data":
      return [response.number, response.name, dataWords(response.data), attribution.certainty]
        .filter((word) => word !== undefined && !(word === "" && response.data.kind === "count"))
        .join(" ");
  }
}

type Status = Extract<ResponseObservation["response"], { kind: "status" }>;
type Data = Extract<ResponseObservation["response"], { kind: "data" }>["data"];

function codeWords({ data, text }: NonNullable<Status["code"]>): string {
  const set = (ranges: readonly { readonly from: unknown }[]) => ranges.map(({ from }) => from).join(",");
  if (data.kind === "copyUid") return `${data.uidValidity} ${set(data.from)}>${set(data.to)}`;
  if (data.kind === "appendUid") return `${data.uidValidity} ${set(data.uids)}`;
  if (data.kind === "flags") return data.flags.join("|");
  return data.kind === "capabilities" ? data.capabilities.join("|") : text;
}

function dataWords(data: Data): string {
  switch (data.kind) {
    case "capabilities":
      return data.capabilities.join("|");
    case "flags":
      return data.flags.join("|");
    case "search":
      return data.numbers.join("|");
    case "list":
      return `${data.delimiter} ${data.mailbox.name}`;
    case "status":
      return `${data.mailbox.name} ${[...data.items].map((item) => item.join("=")).join(" ")}`;
    case "esearch":
      return [
        data.tag,
        data.uid ? "uid" : "",
        ...[...data.results].map(([name, value]) => `${name} ${plain(value)}`),
      ]
        .filter((word) => word !== "")
        .join(" ");
    case "fetch":
      return data.items.map(({ name, value }) => `${name} ${valueWords(value)}`).join(" ");
    default:
      return "";
  }
}

type Value = Extract<Data, { kind: "fetch" }>["items"][number]["value"];
type Structure = Extract<Value, { kind: "bodyStructure" }>["structure"];

function valueWords(value: Value): string {
  switch (value.kind) {
    case "flags":
      return value.flags.join("|");
    case "number":
      return value.value;
    case "text":
      return `${value.text}`;
    case "octets":
      return value.head === null ? "null" : Buffer.from(value.head).toString("latin1");
    case "envelope": {
      const { subject, from, messageId } = value.envelope;
      return `${subject} ${from.map(({ mailbox, host }) => `${mailbox}@${host}`).join(",")} ${messageId}`;
    }
    case "bodyStructure":
      return structureWords(value.structure);
    case "tokens":
      return value.tokens.map(plain).join(" ");
  }
}

function structureWords(structure: Structure): string {
  return structure.kind === "multipart"
    ? `${structure.type}(${structure.parts.map(structureWords).join(",")})`
    : `${structure.type} ${structure.octets} ${structure.disposition?.type ?? ""}`;
}

for (const { name, fresh, said, says, defects, last } of ROWS) {
  test(name, () => {
    const end = last === true ? "" : "\nC: zz NOOP\nS: zz OK still in step";
    const played = fresh === true ? play(said + end) : playSelected(said + end);
    const responses = played.observations.filter((seen) => seen.kind === "response");
    assert.deepEqual(responses.slice(0, last === true ? undefined : -1).map(words), says);
    assert.deepEqual(played.defects, defects);
    if (last !== true) assert.equal(played.exchanges.at(-1)?.text, "still in step");
  });
}
