/** Of clients that are not what was recorded, one that was upgraded passes, and one with a mistake fails with words that name it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { type ReplayReport, replay, reportText } from "../../src/testing.ts";
import { caFolder } from "../ca-folder.ts";
import { eventsOf } from "../playbook.ts";

/** A reader that looks for what is new, marks two letters as read and moves the third. */
const SESSION = `
  S: * OK [CAPABILITY IMAP4rev1 ENABLE] ready
  C: 1 LOGIN alice xxxxxxxx
  S: 1 OK [CAPABILITY IMAP4rev1 ENABLE ID NAMESPACE UIDPLUS MOVE] welcome
  C: 2 SELECT INBOX
  S: * 3 EXISTS
  S: 2 OK [READ-WRITE] selected
  C: 3 UID SEARCH UNSEEN
  S: * SEARCH 11 12 13
  S: 3 OK done
  C: 4 UID FETCH 11:13 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])
  S: * 1 FETCH (UID 11 FLAGS () BODY[HEADER.FIELDS (From Subject)] "one")
  S: * 2 FETCH (UID 12 FLAGS () BODY[HEADER.FIELDS (From Subject)] "two")
  S: * 3 FETCH (UID 13 FLAGS () BODY[HEADER.FIELDS (From Subject)] "three")
  S: 4 OK done
  C: 5 UID STORE 11:12 +FLAGS (\\Seen $Read)
  S: * 1 FETCH (UID 11 FLAGS (\\Seen $Read))
  S: * 2 FETCH (UID 12 FLAGS (\\Seen $Read))
  S: 5 OK done
  C: 6 UID MOVE 13 Archive
  S: * 3 EXPUNGE
  S: 6 OK moved
  C: 7 LOGOUT
  S: * BYE bye
  S: 7 OK done
  -- end server
  -- close server
`;

const CLIENT = [
  ...["LOGIN alice secret", "SELECT INBOX", "UID SEARCH UNSEEN"],
  "UID FETCH 11:13 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])",
  ...["UID STORE 11:12 +FLAGS (\\Seen $Read)", "UID MOVE 13 Archive", "LOGOUT"],
];

interface Outcome {
  readonly report: ReplayReport;
  /** What the client heard by NO and BAD, without tags. */
  readonly refusals: readonly string[];
}

/** Plays a client that sends the commands, and waits for each to be completed. */
async function play(commands: readonly string[]): Promise<Outcome> {
  const server = await replay(eventsOf(SESSION), {
    ...{ caDir: caFolder(), listen: ["imap://127.0.0.1:0"], plain: true },
  });
  const socket = connect(server.port, server.host);
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  for (const [index, command] of commands.entries()) {
    socket.write(`t${index} ${command}\r\n`);
    while (!new RegExp(`^t${index} .*\r\n`, "m").test(heard)) await once(socket, "data");
  }
  const report = await server.close();
  return { report, refusals: [...heard.matchAll(/^t\d+ (?:NO|BAD) (.*)\r$/gm)].map(([, text = ""]) => text) };
}

/** The client with other commands in place of those that hold a text. */
function changed(text: string, ...instead: readonly string[]): readonly string[] {
  assert.ok(CLIENT.some((command) => command.includes(text)));
  return CLIENT.flatMap((command) => (command.includes(text) ? instead : [command]));
}

const FETCH = "UID FETCH 11:13";

const UPGRADES: readonly (readonly [name: string, commands: readonly string[]])[] = [
  ["as recorded", CLIENT],
  [
    "that says who it is and enables first",
    [
      "CAPABILITY",
      'ID ("name" "new")',
      ...changed("LOGIN", CLIENT[0] ?? "", "ENABLE CONDSTORE", "NAMESPACE", "NOOP"),
    ],
  ],
  [
    "with items in another order",
    changed(FETCH, "UID FETCH 11:13 (BODY.PEEK[HEADER.FIELDS (Subject From)] UID FLAGS)"),
  ],
  [
    "that does not ask for the UID, which it gets",
    changed(FETCH, "UID FETCH 11:13 (FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])"),
  ],
  ["that fetches fewer items", changed(FETCH, "UID FETCH 11:13 (FLAGS)")],
  [
    "that writes the set otherwise, and flags in another order",
    [
      ...changed(FETCH, "uid fetch 13,11:12 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])").slice(0, 4),
      ...["UID STORE 12,11 +flags ($read \\SEEN)", 'UID MOVE 13 "Archive"', "LOGOUT"],
    ],
  ],
];

for (const [name, commands] of UPGRADES) {
  test(`a client ${name} passes`, async () => {
    const { report, refusals } = await play(commands);
    assert.deepEqual([report.failures, refusals], [[], []], reportText(report));
  });
}

interface Regression {
  readonly name: string;
  readonly commands: readonly string[];
  /** What the report says, and the client beside "Replay: no recorded answer to". */
  readonly says: readonly string[];
  readonly hears?: string;
}

const STORED = "exchange 5 (UID STORE 11:12 +FLAGS (\\Seen $Read))";

const REGRESSIONS: readonly Regression[] = [
  {
    name: "forgets \\Seen",
    commands: changed("STORE", "UID STORE 11:12 +FLAGS ($Read)"),
    says: [`the nearest is ${STORED}`, "flags: \\Seen missing", "Send the flags ("],
    hears: `UID STORE: the nearest is ${STORED}: flags: \\Seen missing`,
  },
  {
    name: "takes a flag away instead of setting it",
    commands: changed("STORE", "UID STORE 11:12 -FLAGS (\\Seen $Read)"),
    says: ["item is -FLAGS, recorded was +FLAGS"],
    hears: `UID STORE: the nearest is ${STORED}: item is -FLAGS, recorded was +FLAGS`,
  },
  {
    name: "stores into a wrong set",
    commands: changed("STORE", "UID STORE 11:13 +FLAGS (\\Seen $Read)"),
    says: [
      "set: 13 too much",
      "Send the set (11:12) as recorded; or, if the client is right, record the session anew.",
    ],
    hears: `UID STORE: the nearest is ${STORED}: set: 13 too much`,
  },
  {
    name: "takes numbers for UIDs",
    commands: changed("STORE", "STORE 11:12 +FLAGS (\\Seen $Read)"),
    says: ["command is STORE, recorded was UID STORE"],
    hears: `STORE: the nearest is ${STORED}: command is STORE, recorded was UID STORE`,
  },
  {
    name: "copies instead of moving",
    commands: changed("MOVE", "UID COPY 13 Archive"),
    says: ["the nearest is exchange 6 (UID MOVE 13 Archive)", "command is UID COPY, recorded was UID MOVE"],
    hears:
      "UID COPY: the nearest is exchange 6 (UID MOVE 13 Archive): command is UID COPY, recorded was UID MOVE",
  },
  {
    name: "moves to another mailbox",
    commands: changed("MOVE", "UID MOVE 13 Trash"),
    says: ["target is Trash, recorded was Archive"],
    hears: "UID MOVE: the nearest is exchange 6 (UID MOVE 13 Archive): target is Trash, recorded was Archive",
  },
  {
    name: "marks as read twice",
    commands: changed("STORE", CLIENT[4] ?? "", CLIENT[4] ?? ""),
    says: [`${STORED} matches, but has been used already`],
    hears: `UID STORE: ${STORED} matches, but has been used already`,
  },
  {
    name: "forgets to mark as read",
    commands: changed("STORE"),
    says: [
      "Replay failed: 1 recorded exchange went unused.",
      "exchange 5 of connection 1: UID STORE 11:12 +FLAGS (\\Seen $Read)",
    ],
  },
  {
    name: "fetches too few messages",
    commands: changed(FETCH, "UID FETCH 11:12 (FLAGS)"),
    says: [
      "Replay failed: 1 recorded exchange went unused.",
      "exchange 4 of connection 1: UID FETCH 11:13 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])",
      "asked for was UID FETCH 11:12 (FLAGS): set: 13 missing; items: BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)] missing",
    ],
  },
  {
    name: "fetches so that letters are marked as read",
    commands: changed(FETCH, "UID FETCH 11:13 (FLAGS BODY[HEADER.FIELDS (From Subject)])"),
    says: [
      "Replay failed: 1 recorded exchange went unused.",
      "items: BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)] missing, BODY[HEADER.FIELDS (FROM SUBJECT)] too much",
    ],
  },
  {
    name: "does not select",
    commands: changed("SELECT"),
    says: [
      "exchange 3 (UID SEARCH UNSEEN) matches, but was recorded in mailbox INBOX, and here none is selected",
      "Select INBOX first",
    ],
    hears:
      "UID SEARCH: exchange 3 (UID SEARCH UNSEEN) matches, but was recorded in mailbox INBOX, and here none is selected",
  },
  {
    name: "logs in as somebody else",
    commands: changed("LOGIN", "LOGIN bob secret").slice(0, 2),
    says: [
      "user is bob, recorded was alice",
      "exchange 2 (SELECT INBOX) matches, but was recorded after the login",
      "Log in first",
    ],
    hears: "LOGIN: the nearest is exchange 1 (LOGIN alice xxxxxxxx): user is bob, recorded was alice",
  },
  {
    name: "sends what nobody recorded",
    commands: changed("MOVE", "UNSUBSCRIBE Archive", "UID MOVE 13 Archive"),
    says: ["no exchange with this command was recorded; next comes exchange 6 (UID MOVE 13 Archive)"],
    hears:
      "UNSUBSCRIBE: no exchange with this command was recorded; next comes exchange 6 (UID MOVE 13 Archive)",
  },
];

for (const { name, commands, says, hears } of REGRESSIONS) {
  test(`a client that ${name} fails, and is told why`, async () => {
    const { report, refusals } = await play(commands);
    assert.equal(report.passed, false);
    const text = reportText(report);
    for (const part of says) assert.ok(text.includes(part), `${part}\n is not in\n${text}`);
    assert.equal(refusals[0], hears === undefined ? undefined : `Replay: no recorded answer to ${hears}`);
  });
}
