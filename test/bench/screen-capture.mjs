/** A capture of many exchanges as a day of mail has them, in records of text; the same each time. */
import { createCaptureFile } from "./capture-file.mjs";

/** Between two exchanges. */
const STEP_MS = 0.5;
const WAIT_MS = 0.21;

/** What a client says in turn, and what it gets: lines with `T` where the tag stands, `N` where a message number, `E` where how many there are. */
const MIX = [
  ["T NOOP", ["T OK NOOP completed"]],
  ["T UID FETCH N (FLAGS)", ["* N FETCH (UID N FLAGS (\\Seen))", "T OK FETCH completed"]],
  ["T UID STORE N +FLAGS (\\Seen)", ["* N FETCH (UID N FLAGS (\\Seen))", "T OK STORE completed"]],
  ["T NOOP", ["* E EXISTS", "T OK NOOP completed"]],
  ["T UID FETCH N (UID RFC822.SIZE)", ["* N FETCH (UID N RFC822.SIZE 4211)", "T OK FETCH completed"]],
  ["T STATUS Archive (MESSAGES UNSEEN)", ["* STATUS Archive (MESSAGES N UNSEEN 3)", "T OK STATUS completed"]],
  ["T UID SEARCH UNSEEN SINCE 1-Oct-2026", ["* SEARCH N", "T OK SEARCH completed"]],
  ["T CHECK", ["T OK CHECK completed"]],
];
const RARE = [
  [
    97,
    "T SELECT Archive",
    ["* E EXISTS", "* OK [UIDVALIDITY 7] valid", "T OK [READ-WRITE] SELECT completed"],
  ],
  [101, "T STATUS Missing (MESSAGES)", ["T NO [NONEXISTENT] Mailbox does not exist"]],
  [211, "T COPY N Archive", ["T NO [OVERQUOTA] There is not enough room"]],
];
const PUSH_EVERY = 50;

/** The command of a turn and its answer, with tags and numbers filled in. */
export function exchangeOf(turn, tag) {
  const rare = RARE.find(([every]) => turn % every === every - 1);
  const [command, answer] = rare === undefined ? MIX[turn % MIX.length] : rare.slice(1);
  const number = String(1 + ((turn * 7919) % 1000));
  const filled = (line) =>
    `${line
      .replace(/\bT\b/, tag)
      .replace(/\bN\b/g, number)
      .replace(/\bE\b/, String(1000 + turn))}\r\n`;
  return { command: filled(command), answer: answer.map(filled).join("") };
}

/** What the server says unasked behind the answer of a turn. */
export function pushAfter(turn) {
  return turn % PUSH_EVERY === 0 ? `* ${1000 + turn} EXISTS\r\n` : "";
}

/** Writes it. */
export function writeCapture(path, { exchanges, connections }) {
  const capture = createCaptureFile(path);
  for (let connection = 1; connection <= connections; connection++) {
    capture.pass(STEP_MS);
    capture.open(connection);
  }
  for (let turn = 0; turn < exchanges; turn++) {
    const connection = 1 + (turn % connections);
    const { command, answer } = exchangeOf(turn, `x${turn + 1}`);
    capture.pass(STEP_MS);
    capture.say(connection, "client", command);
    capture.pass(WAIT_MS);
    capture.say(connection, "server", answer);
    const push = pushAfter(turn);
    if (push !== "") capture.say(connection, "server", push);
  }
  capture.close();
}
