/** A recorded connection played to clients that do as the recorded one did, a little else, or something quite different. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { outcomes, type PlayingOptions, stageOf } from "./playing.ts";

const LOGIN = `
  S: * OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=PLAIN SASL-IR] ready
  C: 1 LOGIN alice xxxxxxxx
  S: 1 OK [CAPABILITY IMAP4rev1 IDLE] welcome
`;
const INBOX = `${LOGIN}
  C: 2 SELECT INBOX
  S: * 2 EXISTS
  S: * OK [UIDVALIDITY 7] valid
  S: 2 OK [READ-WRITE] selected
`;
const GREETED = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready|";
const LOGGED_IN = "a OK [CAPABILITY IMAP4rev1 IDLE] welcome|";
const SELECTED = "b OK [READ-WRITE] selected|";

interface Row {
  readonly name: string;
  readonly recorded: readonly string[];
  readonly options?: PlayingOptions;
  /** What the client says and what it hears to that. */
  readonly dialogue: readonly (readonly [says: string, hears: string])[];
  readonly outcomes?: readonly string[];
}

const LETTER = "Subject: hi||text|".replaceAll("|", "\n");

const ROWS: readonly Row[] = [
  {
    name: "tags are the client's own, and what cannot be played is not offered",
    recorded: [INBOX],
    dialogue: [
      ["", GREETED],
      ["a LOGIN alice secret\n", LOGGED_IN],
      ["b SELECT inbox\n", `* 2 EXISTS|* OK [UIDVALIDITY 7] valid|${SELECTED}`],
    ],
    outcomes: ["LOGIN recorded 1", "SELECT recorded 2"],
  },
  {
    name: "pipelined commands are answered in order",
    recorded: [INBOX],
    dialogue: [
      ["", GREETED],
      [
        "a LOGIN alice secret\nb SELECT INBOX\n",
        `${LOGGED_IN}* 2 EXISTS|* OK [UIDVALIDITY 7] valid|${SELECTED}`,
      ],
    ],
  },
  {
    name: "literals may be whatever the client chooses",
    recorded: [
      `${LOGIN}
       C: 2 APPEND Sent (\\Seen) {${LETTER.length + 4}+}
       C: Subject: hi
       C: 
       C: text
       C: 
       S: 2 OK [APPENDUID 7 3] saved`,
    ],
    dialogue: [
      ["a LOGIN alice secret\n", GREETED + LOGGED_IN],
      [`b APPEND "Sent" (\\SEEN) {${LETTER.length + 4}}\n`, "+ ready for the literal|"],
      [`${LETTER}\n`, "b OK [APPENDUID 7 3] saved|"],
    ],
  },
  {
    name: "a literal that was refused before it came is refused again, and the next one is taken",
    recorded: [
      `${LOGIN}
       C: 2 APPEND Sent {9}
       S: 2 NO [TRYCREATE] no Sent
       C: 3 CREATE Sent
       S: 3 OK created
       C: 4 APPEND Sent {9}
       S: + go
       C: message
       C:
       S: 4 OK saved`,
    ],
    dialogue: [
      ["a LOGIN alice secret\n", GREETED + LOGGED_IN],
      ["b APPEND Sent {9}\n", "b NO [TRYCREATE] no Sent|"],
      ["c CREATE Sent\n", "c OK created|"],
      ["d APPEND Sent {9}\n", "+ ready for the literal|"],
      ["message\n\n", "d OK saved|"],
    ],
    outcomes: ["LOGIN recorded 1", "APPEND recorded 2", "CREATE recorded 3", "APPEND recorded 4"],
  },
  {
    name: "a literal of a command that is not known was refused too",
    recorded: [`${LOGIN}\nC: 2 XNEW {9}\nS: 2 BAD what?`],
    dialogue: [
      ["a LOGIN alice secret\n", "*"],
      ["b XNEW {9}\n", "b BAD what?|"],
    ],
  },
  ...["{9}\nmessage\n\n", "{9+}\nmessage\n\n"].map((literal, at) => ({
    name: `a client that does not wait hears of the refusal ${at === 0 ? "and of what is no command" : "behind the literal"}`,
    options: at === 0 ? {} : { ignore: ["date"] },
    recorded: [`${LOGIN}\nC: 2 APPEND Sent {9}\nS: 2 NO no Sent\nC: 3 NOOP\nS: 3 OK`],
    dialogue: [
      ["a LOGIN alice secret\n", "*"],
      [
        `b APPEND Sent ${literal}c NOOP\n`,
        at === 0 ? "b NO no Sent|message BAD *c OK|" : "b NO no Sent|c OK|",
      ],
    ] as const,
  })),
  {
    name: "any mechanism that can be played stands for the recorded login, prompts included",
    recorded: [LOGIN],
    dialogue: [
      ["", GREETED],
      ["a AUTHENTICATE PLAIN\n", "+ |"],
      [`${btoa("\0alice\0secret")}\n`, LOGGED_IN],
    ],
  },
  {
    name: "SASL-IR",
    recorded: [LOGIN],
    dialogue: [[`a AUTHENTICATE PLAIN ${btoa("\0alice\0secret")}\n`, GREETED + LOGGED_IN]],
  },
  {
    name: "CRAM-MD5 has a fresh challenge",
    recorded: [LOGIN],
    dialogue: [
      ["a AUTHENTICATE CRAM-MD5\n", `${GREETED}+ ${btoa("<chance@imapscope>")}|`],
      [`${btoa("alice b913a602c7eda7a495b4e6e7334d3890")}\n`, LOGGED_IN],
    ],
  },
  {
    name: "a login of somebody else has no answer",
    recorded: [LOGIN],
    dialogue: [
      ["", GREETED],
      ["a LOGIN mallory secret\n", "a NO *"],
    ],
    outcomes: ["LOGIN miss"],
  },
  {
    name: "SCRAM without a password is refused, and says what to do",
    recorded: [LOGIN],
    dialogue: [
      [
        "a AUTHENTICATE SCRAM-SHA-256\n",
        `${GREETED}a NO imapscope: AUTHENTICATE SCRAM-SHA-256 is refused, because SCRAM needs to know the password: give it with --password|`,
      ],
    ],
    outcomes: ["AUTHENTICATE refused"],
  },
  {
    name: "an authentication can be cancelled, and what is no Base64 is none",
    recorded: [LOGIN],
    dialogue: [
      ["a AUTHENTICATE PLAIN\n", `${GREETED}+ |`],
      ["*\n", "a BAD imapscope: the client has cancelled the authentication|"],
      ["b AUTHENTICATE PLAIN\n", "+ |"],
      ["???\n", "b BAD imapscope: this is no Base64|"],
    ],
  },
  {
    name: "a login that was refused is refused",
    recorded: [
      `S: * OK ready
       C: 1 LOGIN alice xxxxxxxx
       S: 1 NO [AUTHENTICATIONFAILED] no
       C: 2 LOGIN alice xxxxxxxx
       S: 2 OK in`,
    ],
    dialogue: [
      ["a LOGIN alice wrong\n", "* OK ready|a NO [AUTHENTICATIONFAILED] no|"],
      ["b LOGIN alice right\n", "b OK in|"],
    ],
  },
  {
    name: "a login stands for the recorded one of its mechanism, not for one that the client had cancelled",
    recorded: [
      `S: * OK [CAPABILITY IMAP4rev1 AUTH=DIGEST-MD5 AUTH=CRAM-MD5] ready
       C: 1 AUTHENTICATE DIGEST-MD5
       S: + cmVhbG09
       C: *
       S: 1 BAD cancelled
       C: 2 AUTHENTICATE CRAM-MD5
       S: + PDFAeD4=
       C: xxxxxxxx
       S: 2 OK in`,
    ],
    dialogue: [
      ["a AUTHENTICATE CRAM-MD5\n", "* OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready|+ *"],
      [`${btoa("alice b913a602c7eda7a495b4e6e7334d3890")}\n`, "a OK in|"],
    ],
    outcomes: ["AUTHENTICATE recorded 2"],
  },
  {
    name: "a login in another way is not that which was cancelled, nor one in a way that cannot be played",
    recorded: [
      `S: * OK ready
       C: 1 AUTHENTICATE PLAIN
       S: +
       C: *
       S: 1 BAD cancelled
       C: 2 AUTHENTICATE NTLM
       S: 2 NO not supported
       C: 3 AUTHENTICATE CRAM-MD5
       S: + PDFAeD4=
       C: xxxxxxxx
       S: 3 OK in`,
    ],
    dialogue: [["a LOGIN alice x\n", "* OK ready|a OK in|"]],
    outcomes: ["LOGIN recorded 3"],
  },
  {
    name: "what was refused or cancelled in the recording is so again, and no fault",
    options: { password: "secret" },
    recorded: [
      `S: * OK ready
       C: 1 AUTHENTICATE NTLM
       S: 1 NO not supported
       C: 2 AUTHENTICATE PLAIN
       S: +
       C: *
       S: 2 BAD cancelled
       C: 3 AUTHENTICATE SCRAM-SHA-256 xxxxxxxx
       S: 3 NO wrong
       C: 4 LOGIN alice xxxxxxxx
       S: 4 OK in`,
    ],
    dialogue: [
      ["a AUTHENTICATE NTLM\n", "* OK ready|a NO not supported|"],
      ["b AUTHENTICATE PLAIN\n", "+ |"],
      ["*\n", "b BAD cancelled|"],
      [`c AUTHENTICATE SCRAM-SHA-256 ${btoa("n,,n=alice,r=nonce")}\n`, "+ *"],
      [`${btoa("c=biws,r=noncechance,p=AAAA")}\n`, "c NO wrong|"],
      ["d LOGIN alice x\n", "d OK in|"],
    ],
    outcomes: [
      "AUTHENTICATE recorded 1",
      "AUTHENTICATE recorded 2",
      "AUTHENTICATE recorded 3",
      "LOGIN recorded 4",
    ],
  },
  {
    name: "SCRAM takes its first message from the initial response",
    options: { password: "pencil" },
    recorded: [LOGIN],
    dialogue: [
      [
        `a AUTHENTICATE SCRAM-SHA-256 ${btoa("n,a=alice,n=alice,r=nonce")}\n`,
        `${GREETED}+ ${btoa("r=noncechance,s=AAAAAA==,i=4096")}|`,
      ],
    ],
  },
  {
    name: "the user of an initial response is looked at, as that of a LOGIN",
    recorded: [LOGIN],
    dialogue: [[`a AUTHENTICATE PLAIN ${btoa("\0mallory\0secret")}\n`, `${GREETED}a NO *`]],
    outcomes: ["AUTHENTICATE miss"],
  },
  {
    name: "IDLE tells what was pushed, and ends with DONE",
    recorded: [
      `${INBOX}
       C: 3 IDLE
       S: + idling
       @500
       S: * 3 EXISTS
       @900
       C: DONE
       S: 3 OK idled`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c IDLE\n", "+ idling|* 3 EXISTS|"],
      ["done\n", "c OK idled|"],
    ],
  },
  {
    name: "IDLE that nobody recorded waits for DONE",
    recorded: [INBOX],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c IDLE\n", "+ idling|"],
      ["DONE\n", "c OK imapscope made this answer up: nothing happens|"],
    ],
    outcomes: ["LOGIN recorded 1", "SELECT recorded 2", "IDLE synthesised"],
  },
  {
    name: "a newer client may ask for capabilities, say who it is, and enable",
    recorded: [INBOX],
    dialogue: [
      ["", GREETED],
      ['a ID ("name" "new")\n', "* ID NIL|a OK imapscope made this answer up: no ID was recorded|"],
      ["b NOOP\n", "b OK imapscope made this answer up: nothing to tell|"],
      ["c LOGIN alice x\n", "c OK [CAPABILITY IMAP4rev1 IDLE] welcome|"],
      [
        "d CAPABILITY\n",
        "* CAPABILITY IMAP4rev1 IDLE|d OK imapscope made this answer up: the capabilities that were recorded last|",
      ],
      ["e ENABLE CONDSTORE\n", "* ENABLED|e OK *"],
      ["f SELECT INBOX\n", "* 2 EXISTS|*"],
      ["g LOGOUT\n", "* BYE imapscope: *|g OK *|<close>"],
    ],
  },
  {
    name: "fewer messages and fewer items are answered of what was fetched",
    recorded: [
      `${INBOX}
       C: 3 UID FETCH 1:* (FLAGS RFC822.SIZE BODY.PEEK[HEADER])
       S: * 1 FETCH (UID 11 FLAGS (\\Seen) RFC822.SIZE 100 BODY[HEADER] {3}
       S| abc
       S: )
       S: * 2 FETCH (UID 12 FLAGS () RFC822.SIZE 200 BODY[HEADER] {3}
       S| def
       S: )
       S: 3 OK fetched`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      [
        "c UID FETCH 12 (BODY.PEEK[HEADER] FLAGS)\n",
        "* 2 FETCH (UID 12 BODY[HEADER] {3}|def FLAGS ())|c OK *",
      ],
      ["d FETCH 1 RFC822.SIZE\n", "* 1 FETCH (RFC822.SIZE 100)|d OK *"],
      ["e UID FETCH 12 ENVELOPE\n", "e NO *"],
      ["f UID FETCH 99 FLAGS\n", "f NO *"],
      ["g FETCH 1:3 FLAGS\n", "g NO *"],
      ["h UID FETCH 1:* (RFC822.SIZE BODY.PEEK[HEADER] FLAGS)\n", "* 1 FETCH (UID 11 FLAGS*h OK fetched|"],
    ],
  },
  {
    name: "fewer items of the same messages are told as that exchange told them, which then is played",
    recorded: [
      `${INBOX}
       C: 3 UID FETCH 11:12 (UID FLAGS BODY.PEEK[])
       S: * 1 FETCH (UID 11 FLAGS () BODY[] "a")
       S: * 2 FETCH (UID 12 FLAGS () BODY[] "b")
       S: 3 OK fetched
       C: 4 UID STORE 11 +FLAGS (\\Seen)
       S: * 1 FETCH (UID 11 FLAGS (\\Seen))
       S: 4 OK stored
       C: 5 UID FETCH 11:12 (UID FLAGS BODY.PEEK[])
       S: * 1 FETCH (UID 11 FLAGS (\\Seen $Read) BODY[] "a")
       S: * 2 FETCH (UID 12 FLAGS () BODY[] "b")
       S: 5 OK fetched`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      [
        "c UID FETCH 11:12 FLAGS\n",
        "* 1 FETCH (UID 11 FLAGS ())|* 2 FETCH (UID 12 FLAGS ())|c OK imapscope made this answer up: exchange 3, which asks for more of these messages|",
      ],
      // Fewer messages are no exchange played: they are told as things stand.
      ["d UID FETCH 11 FLAGS\n", "* 1 FETCH (UID 11 FLAGS ())|d OK *"],
      ["e UID STORE 11 +FLAGS (\\Seen)\n", "* 1 FETCH (UID 11 FLAGS (\\Seen))|e OK stored|"],
      ["f UID FETCH 11 FLAGS\n", "* 1 FETCH (UID 11 FLAGS (\\Seen))|f OK *"],
      ["g UID FETCH 11:12 FLAGS\n", "* 1 FETCH (UID 11 FLAGS (\\Seen $Read))|*"],
      // What marks as read is another thing.
      ["h UID FETCH 11:12 BODY[]\n", '* 1 FETCH (UID 11 BODY[] "a")|*'],
    ],
    outcomes: [
      ...["LOGIN recorded 1", "SELECT recorded 2", "UID FETCH synthesised 3", "UID FETCH synthesised"],
      ...[
        "UID STORE recorded 4",
        "UID FETCH synthesised",
        "UID FETCH synthesised 5",
        "UID FETCH synthesised",
      ],
    ],
  },
  {
    name: "in order, fewer items are an exchange played when it is due",
    options: { sequence: "order" },
    recorded: [
      `${INBOX}
       C: 3 NOOP
       S: 3 OK nothing
       C: 4 FETCH 1 (FLAGS UID)
       S: * 1 FETCH (FLAGS () UID 11)
       S: 4 OK one
       C: 5 EXPUNGE
       S: 5 OK expunged
       C: 6 FETCH 2 (FLAGS UID)
       S: * 2 FETCH (FLAGS () UID 12)
       S: 6 OK two`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c FETCH 2 FLAGS\n", "* 2 FETCH (FLAGS ())|c OK *"],
      ["d FETCH 1 FLAGS\n", "* 1 FETCH (FLAGS ())|d OK *"],
      ["e EXPUNGE\n", "e OK expunged|"],
    ],
    outcomes: [
      ...["LOGIN recorded 1", "SELECT recorded 2", "FETCH synthesised", "FETCH synthesised 4"],
      "EXPUNGE recorded 5",
    ],
  },
  {
    name: "a client may ask for namespaces and the delimiter, whatever was recorded of the hierarchy",
    recorded: [LOGIN, `${LOGIN}\nC: 2 LIST "" *\nS: * LIST () "/" INBOX\nS: 2 OK listed`],
    dialogue: [
      ["a LOGIN alice x\n", "*"],
      ["b NAMESPACE\n", '* NAMESPACE (("" "/")) NIL NIL|b OK *'],
      ['c LIST "" ""\n', '* LIST (\\Noselect) "/" ""|c OK *'],
      ['d LIST "" %\n', "d NO *"],
    ],
  },
  {
    name: "without a hierarchy there is one namespace",
    recorded: [LOGIN],
    dialogue: [
      ["a LOGIN alice x\n", "*"],
      ["b NAMESPACE\n", '* NAMESPACE (("" NIL)) NIL NIL|b OK *'],
    ],
  },
  {
    name: "octets that no tag may hold are said back as they came",
    recorded: [LOGIN],
    dialogue: [
      ["\xe9+\xff NOOP\n", `${GREETED}\xe9+\xff OK imapscope made this answer up: nothing to tell|`],
      ["\xe9 SELECT INBOX\n", "\xe9 NO *"],
      ["\xe9 LOGIN alice x\n", "\xe9 OK [CAPABILITY IMAP4rev1 IDLE] welcome|"],
    ],
  },
  {
    name: "the earliest exchange that was not used answers, and what only reads may be asked again without its news",
    recorded: [
      `${INBOX}
       C: 3 SEARCH UNSEEN
       S: * SEARCH 1
       S: * 3 EXISTS
       S: 3 OK one
       C: 4 SEARCH UNSEEN
       S: * SEARCH 1 2
       S: * 4 EXISTS
       S: 4 OK two`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c SEARCH unseen\n", "* SEARCH 1|* 3 EXISTS|c OK one|"],
      ["d SEARCH UNSEEN\n", "* SEARCH 1 2|* 4 EXISTS|d OK two|"],
      ["e SEARCH UNSEEN\n", "* SEARCH 1 2|e OK two|"],
    ],
  },
  {
    name: "what changes mail cannot be sent twice",
    recorded: [
      `${INBOX}
       C: 3 STORE 1 +FLAGS (\\Seen)
       S: * 1 FETCH (FLAGS (\\Seen))
       S: 3 OK stored`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c STORE 1 +FLAGS (\\SEEN)\n", "* 1 FETCH (FLAGS (\\Seen))|c OK stored|"],
      ["d STORE 1 +FLAGS (\\Seen)\n", "d NO *"],
      ["e STORE 1 +FLAGS (\\Deleted)\n", "e NO *flags*"],
    ],
    outcomes: ["LOGIN recorded 1", "SELECT recorded 2", "STORE recorded 3", "STORE miss", "STORE miss"],
  },
  {
    name: "what is about messages is answered in its mailbox only",
    recorded: [
      `${INBOX}
       C: 3 UID SEARCH ALL
       S: * SEARCH 11
       S: 3 OK inbox
       C: 4 SELECT Sent
       S: * 0 EXISTS
       S: 4 OK sent
       C: 5 UID SEARCH ALL
       S: * SEARCH
       S: 5 OK sent`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT Sent\n", "*"],
      ["c UID SEARCH ALL\n", "* SEARCH|c OK sent|"],
      ["d SELECT INBOX\n", "*"],
      ["e UID SEARCH ALL\n", "* SEARCH 11|e OK inbox|"],
    ],
  },
  {
    name: "in order, only the next exchange answers, but for those that a client may leave out",
    options: { sequence: "order" },
    recorded: [
      `${INBOX}
       C: 3 NOOP
       S: 3 OK nothing
       C: 4 SEARCH ALL
       S: 4 OK searched
       C: 5 SEARCH UNSEEN
       S: 5 OK unseen`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c SEARCH UNSEEN\n", "c NO *"],
      ["d SEARCH ALL\n", "d OK searched|"],
      ["e SEARCH UNSEEN\n", "e OK unseen|"],
    ],
  },
  {
    name: "STARTTLS of the replay's own, and TLS then is not offered again",
    options: { tls: false, canStartTls: true },
    recorded: [INBOX],
    dialogue: [
      ["", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR STARTTLS] ready|"],
      ["a STARTTLS\n", "a OK imapscope made this answer up: TLS is of the replay|<startTls>"],
      ["b CAPABILITY\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR|b OK *"],
      ["c STARTTLS\n", "c BAD imapscope: TLS runs already|"],
    ],
  },
  {
    name: "what came behind STARTTLS is no command",
    options: { tls: false, canStartTls: true },
    recorded: [INBOX],
    dialogue: [["a STARTTLS\nb NOOP\n", "*<startTls>"]],
    outcomes: ["STARTTLS synthesised"],
  },
  {
    name: "COMPRESS begins behind its answer",
    recorded: [LOGIN],
    dialogue: [
      ["a LOGIN alice x\n", "*"],
      ["b COMPRESS DEFLATE\n", "b OK *|<deflate>"],
      ["c COMPRESS DEFLATE\n", "c NO imapscope: the connection is compressed already|"],
    ],
  },
  {
    name: "the tag within an ESEARCH is the client's",
    recorded: [
      `${INBOX}
       C: 3 UID SEARCH RETURN (ALL) UNSEEN
       S: * ESEARCH (TAG "3") UID ALL 11
       S: 3 OK done`,
    ],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      [
        "long.tag UID SEARCH RETURN (ALL) UNSEEN\n",
        '* ESEARCH (TAG "long.tag") UID ALL 11|long.tag OK done|',
      ],
    ],
  },
  {
    name: "what is no command is refused, and the next one answered",
    recorded: [INBOX],
    dialogue: [
      ["", GREETED],
      ["\n", ""],
      ["a\n", "a BAD imapscope: a tag and a command were expected|"],
      ["\x80\xff FOO\n", "*"],
      ["a FLURB\n", "a BAD *"],
      ["b LOGIN alice x\n", "*"],
    ],
  },
  {
    name: "a greeting that was a BYE is all there is",
    recorded: ["S: * BYE busy\n-- close server"],
    dialogue: [["", "* BYE busy|<close>"]],
  },
  {
    name: "who was logged in from the start need not log in",
    recorded: ['S: * PREAUTH welcome\nC: 1 LIST "" *\nS: 1 OK listed'],
    dialogue: [
      ['a LIST "" *\n', "* PREAUTH welcome|a OK listed|"],
      ["b LOGIN alice x\n", "b BAD imapscope: the client is logged in already|"],
    ],
  },
  {
    name: "a server that left leaves again",
    recorded: [`${INBOX}\nC: 3 CHECK\nS: * BYE I am going\n-- close server`],
    dialogue: [
      ["a LOGIN alice x\nb SELECT INBOX\n", "*"],
      ["c CHECK\n", "* BYE I am going|<close>"],
    ],
  },
];

for (const { name, recorded, options, dialogue, outcomes: expected } of ROWS) {
  test(`replay: ${name}`, () => {
    const stage = stageOf(recorded, options);
    const client = stage.connect();
    for (const [says, hears] of dialogue) {
      const heard = client.say(says);
      const pattern = hears.split("*").map(escaped);
      // A `*` at the end, or one that is no response's, stands for anything.
      assert.ok(matches(heard, hears, pattern), `to ${JSON.stringify(says)}: ${heard}\n expected ${hears}`);
    }
    if (expected !== undefined) assert.deepEqual(outcomes(stage.played), expected);
  });
}

function matches(heard: string, hears: string, parts: readonly string[]): boolean {
  return heard === hears || new RegExp(`^${parts.join(".*")}$`, "s").test(heard);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
}

const SENT = `${LOGIN}
  C: 2 SELECT Sent
  S: * 9 EXISTS
  S: 2 OK sent
`;

test("clients are matched by what they do, not by the order in which they connect", () => {
  const stage = stageOf([INBOX, SENT]);
  const [one, other] = [stage.connect(), stage.connect()];
  one.say("a LOGIN alice x\n");
  other.say("a LOGIN alice x\n");
  assert.match(one.say("b SELECT Sent\n"), /9 EXISTS/);
  assert.match(other.say("b SELECT INBOX\n"), /2 EXISTS/);
});

test("a tag that would break the line is not said back", () => {
  const client = stageOf([LOGIN]).connect();
  client.say("");
  for (const tag of ["a\0b", "a\rb", "\x7f"]) {
    const answer = client.say(`${tag} NOOP\n`);
    assert.equal(answer, "* OK imapscope made this answer up: nothing to tell|");
    assert.match(client.say(`${tag} SELECT INBOX\n`), /^\* NO /);
  }
});

test("a login that was asked for otherwise than recorded is told to be so", () => {
  const altered = (says: string): readonly string[] => {
    const stage = stageOf([LOGIN]);
    stage.connect().say(says);
    const [outcome] = stage.played.map((played) => played.outcome);
    return outcome?.kind === "recorded" ? outcome.altered : ["no recorded exchange"];
  };
  const secret = btoa("\0alice\0secret");
  assert.deepEqual(altered("a LOGIN alice x\n"), []);
  assert.deepEqual(altered(`a AUTHENTICATE PLAIN ${secret}\n`), ["in place of LOGIN"]);
  assert.deepEqual(altered(`a AUTHENTICATE PLAIN\n${secret}\n`), ["challenges made up", "in place of LOGIN"]);
});

test("capabilities that were listed before the login only, and none at all, are told with what they are", () => {
  const silent = LOGIN.replace("1 OK [CAPABILITY IMAP4rev1 IDLE] welcome", "1 OK welcome");
  const list = (recorded: string): string => {
    const client = stageOf([recorded]).connect();
    client.say("a LOGIN alice x\n");
    return client.say("b CAPABILITY\n");
  };
  assert.equal(
    list(silent),
    "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR|b OK imapscope made this answer up: the capabilities that were recorded before the login|",
  );
  assert.equal(
    list(silent.replace(/\[CAPABILITY .*?\] /, "")),
    "* CAPABILITY IMAP4rev1|b OK imapscope made this answer up: no capabilities were recorded|",
  );
});

test("what of a greeting was altered is told", () => {
  const stage = stageOf([LOGIN]);
  stage.connect();
  assert.deepEqual(stage.alteredGreetings, ["AUTH=GSSAPI left out"]);
});

test("a client that does alone what two did is answered all the same", () => {
  const client = stageOf([INBOX, SENT]).connect();
  client.say("a LOGIN alice x\nb SELECT INBOX\n");
  assert.match(client.say("c SELECT Sent\n"), /9 EXISTS/);
});

test("a client that goes on elsewhere goes on where nobody was yet", () => {
  const twice = SENT.replace("9 EXISTS", "8 EXISTS");
  const stage = stageOf([SENT, INBOX, twice, INBOX.replace("2 EXISTS", "3 EXISTS")]);
  const clients = [1, 2, 3, 4].map(() => stage.connect());
  const heard = ["Sent", "Inbox", "inbox", "Sent"].map((mailbox, at) =>
    clients[at]?.say(`a LOGIN alice x\nb SELECT ${mailbox}\n`).replace(/^.*\|(\* \d EXISTS).*$/s, "$1"),
  );
  assert.deepEqual(heard, ["* 9 EXISTS", "* 2 EXISTS", "* 3 EXISTS", "* 8 EXISTS"]);
});

test("a client that goes on elsewhere goes on at the time at which it stands", () => {
  const late = (transcript: string) => transcript.replace("S: * OK", "@60000000\nS: * OK");
  const other = SENT.replace("9 EXISTS", "8 EXISTS");
  const stage = stageOf([SENT, INBOX, late(other), late(INBOX)]);
  const clients = [1, 2, 3, 4].map(() => stage.connect());
  // Not what the first one has left there, who has not come to it.
  assert.match(clients[3]?.say("a LOGIN alice x\nb SELECT Sent\n") ?? "", /\* 8 EXISTS/);
  assert.match(clients[1]?.say("a LOGIN alice x\nb SELECT Sent\n") ?? "", /\* 9 EXISTS/);
});

const STORING = `${INBOX}
  C: 3 STORE 1 +FLAGS (a)
  S: 3 OK first
  C: 4 STORE 1 +FLAGS (a)
  S: 4 OK second
  C: 5 SEARCH ALL
  S: * SEARCH 1
  S: * 3 EXISTS
  S: 5 OK found
`;

test("what others did is answered as often as they did it, and what only reads more often", () => {
  const stage = stageOf([`${INBOX}\nC: 3 SEARCH SEEN\nS: 3 OK none`, STORING]);
  for (const _client of [1, 2]) {
    const client = stage.connect();
    // What no connection has together with what comes behind it.
    assert.match(client.say("a LOGIN alice x\nb SELECT INBOX\nz SEARCH SEEN\n"), /z OK none\|$/);
    assert.equal(client.say("c STORE 1 +FLAGS (a)\n"), "c OK first|");
    assert.equal(client.say("d STORE 1 +FLAGS (a)\n"), "d OK second|");
    assert.match(client.say("e STORE 1 +FLAGS (a)\n"), /^e NO /);
    assert.equal(client.say("f SEARCH ALL\n"), "* SEARCH 1|* 3 EXISTS|f OK found|");
    assert.equal(client.say("g SEARCH ALL\n"), "* SEARCH 1|g OK found|");
  }
});

const USERS = [
  `S: * OK one
   C: 1 CAPABILITY
   S: * CAPABILITY IMAP4rev1
   S: 1 OK
   C: 2 LOGIN alice xxxxxxxx
   S: 2 OK alice is in
   C: 3 SELECT INBOX
   S: * 3 EXISTS
   S: 3 OK`,
  `S: * OK two
   C: 1 CAPABILITY
   S: * CAPABILITY IMAP4rev1
   S: 1 OK
   C: 2 LOGIN bob xxxxxxxx
   S: 2 NO [AUTHENTICATIONFAILED] bob is not`,
  `S: * OK three
   C: 1 AUTHENTICATE PLAIN
   S: +
   C: xxxxxxxx
   S: 1 NO [AUTHENTICATIONFAILED] nobody is`,
];

/** What each login hears, whoever comes first. */
const BY_USER: readonly (readonly [says: string, hears: RegExp])[] = [
  ["a CAPABILITY\nb LOGIN alice x\nc SELECT INBOX\n", /b OK alice is in\|\* 3 EXISTS\|c OK\|$/],
  ["a CAPABILITY\nb LOGIN bob x\n", /b NO \[AUTHENTICATIONFAILED\] bob is not\|$/],
  [`a AUTHENTICATE PLAIN\n${btoa("\0carol\0x")}\n`, /a NO \[AUTHENTICATIONFAILED\] nobody is\|$/],
];

test("a login is answered as that user's was, and in that way, in whatever order the clients come", () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [1, 2, 0],
    [1, 0, 1, 0],
    [0, 0, 1],
  ] as const;
  for (const order of orders) {
    const stage = stageOf(USERS);
    for (const which of order) {
      const [says, hears] = BY_USER[which] ?? ["", /never/];
      assert.match(stage.connect().say(says), hears, `${which} of ${order}`);
    }
    assert.deepEqual(
      stage.played.filter(({ outcome }) => outcome.kind !== "recorded"),
      [],
    );
  }
});

test("one client whose users were recorded on two connections is answered as each was", () => {
  const client = stageOf(USERS).connect();
  assert.match(client.say("a LOGIN bob x\n"), /a NO \[AUTHENTICATIONFAILED\] bob is not\|$/);
  assert.equal(client.say("b LOGIN alice x\n"), "b OK alice is in|");
  assert.equal(client.say("c SELECT INBOX\n"), "* 3 EXISTS|c OK|");
});

test("a user that nobody recorded is a miss, also where his connection would have no login", () => {
  const stage = stageOf([
    "S: * OK probe\nC: 1 CAPABILITY\nS: 1 OK\nC: 2 LOGOUT\nS: * BYE\nS: 2 OK",
    ...USERS.slice(0, 2),
  ]);
  assert.match(stage.connect().say("a LOGIN mallory x\n"), /a NO Replay: no recorded answer to LOGIN/);
  assert.match(stage.connect().say("a LOGIN bob x\n"), /bob is not/);
});

test("where the names of users were made unreadable, the order decides", () => {
  const stage = stageOf(
    USERS.slice(0, 2).map((each) => each.replace("alice x", "xxxxx x").replace("bob", "XXX")),
  );
  assert.match(stage.connect().say("a LOGIN bob x\n"), /a OK alice is in/);
  assert.match(stage.connect().say("a LOGIN alice x\n"), /a NO .* bob is not/);
});

test("in order, too, a client goes on in the connection in which all that it did comes first", () => {
  const sent = `${SENT}\nC: 3 STORE 1 +FLAGS (a)\nS: 3 OK stored\nC: 4 STORE 2 +FLAGS (a)\nS: 4 OK stored`;
  const client = stageOf([INBOX, sent], { sequence: "order" }).connect();
  assert.match(client.say("a LOGIN alice x\nb SELECT Sent\n"), /\* 9 EXISTS\|.*b OK/);
  // There it has passed over what comes next.
  assert.match(client.say("c STORE 2 +FLAGS (a)\n"), /^c NO /);
});

test("a capture serves as many clients as come", () => {
  const stage = stageOf([INBOX]);
  for (let at = 0; at < 20; at++) {
    assert.match(stage.connect().say("a LOGIN alice x\nb SELECT INBOX\n"), /b OK \[READ-WRITE\] selected\|$/);
  }
});

test("a capture of nothing greets, and knows no answer", () => {
  const client = stageOf([]).connect();
  assert.equal(client.say(""), "* OK imapscope: the recording of this connection has no beginning|");
  assert.match(client.say("a SELECT INBOX\n"), /^a NO /);
  assert.match(client.say("b LOGOUT\n"), /<close>$/);
});

test("law: no octets make a player throw, and however they are cut, the same is said", () => {
  const line = fc.oneof(
    fc.constantFrom(...ROWS.flatMap(({ dialogue }) => dialogue.map(([says]) => says))),
    fc.string({ unit: "binary-ascii", maxLength: 40 }).map((text) => `${text}\n`),
    fc.constantFrom(
      "a IDLE\n",
      "DONE\n",
      "x APPEND a {5}\n",
      "12345\n",
      "a AUTHENTICATE LOGIN\n",
      "*\n",
      "{9999}\n",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.nat(7), (lines, cut) => {
      const said = lines.join("");
      const recorded = ROWS.slice(0, 12).flatMap((row) => row.recorded);
      const whole = stageOf(recorded, { canStartTls: false }).connect();
      const pieces = stageOf(recorded, { canStartTls: false }).connect();
      let heard = pieces.say("");
      for (let at = 0; at < said.length; at += cut + 1) heard += pieces.say(said.slice(at, at + cut + 1));
      const expected = whole.say(said);
      // Behind a compressed answer the client's octets are its own affair.
      if (!expected.includes("<deflate>")) assert.equal(heard, expected);
    }),
  );
});
