/** A capture of mail that goes both ways: messages appended and fetched, each of its own octets; the same each time. */
import { createCaptureFile } from "./capture-file.mjs";

const LINE = "The quick brown fox jumps over the lazy dog, and the dog does not mind it very much\r\n";
/** Octets of one record, as a proxy reads them. */
const READ = 64 * 1024;

/** A message of so many octets that no other number has. */
export function messageOf(number, octets) {
  const head = `Message-ID: <${number}@example.org>\r\nSubject: number ${number}\r\n\r\n`;
  return head + LINE.repeat(Math.ceil(octets / LINE.length)).slice(0, octets - head.length);
}

/** The command of a turn and its answer: what is appended in one is fetched in the next. */
export function messageExchange(turn, tag, octets) {
  const number = 1 + (turn >> 1);
  const literal = `{${octets}}\r\n${messageOf(number, octets)}`;
  if (turn % 2 === 0)
    return {
      command: `${tag} APPEND INBOX (\\Seen) ${literal}\r\n`,
      answer: `+ go on\r\n${tag} OK [APPENDUID 7 ${number}] done\r\n`,
    };
  return {
    command: `${tag} UID FETCH ${number} (BODY.PEEK[])\r\n`,
    answer: `* ${number} FETCH (UID ${number} BODY[] ${literal})\r\n${tag} OK done\r\n`,
  };
}

/** Writes it. */
export function writeMessageCapture(path, { exchanges, connections, octets }) {
  const capture = createCaptureFile(path);
  const say = (connection, from, text) => {
    capture.pass(0.05);
    for (let start = 0; start < text.length; start += READ)
      capture.say(connection, from, text.slice(start, start + READ));
  };
  for (let connection = 1; connection <= connections; connection++) capture.open(connection);
  for (let turn = 0; turn < exchanges; turn++) {
    const connection = 1 + ((turn >> 1) % connections);
    const { command, answer } = messageExchange(turn, `x${turn + 1}`, octets);
    const header = command.indexOf("\r\n") + 2;
    const goOn = turn % 2 === 0 ? answer.indexOf("\r\n") + 2 : 0;
    // A synchronizing literal comes behind the continuation request.
    if (goOn > 0) {
      say(connection, "client", command.slice(0, header));
      say(connection, "server", answer.slice(0, goOn));
      say(connection, "client", command.slice(header));
    } else say(connection, "client", command);
    say(connection, "server", answer.slice(goOn));
  }
  capture.close();
}
