/** Commands on the messages of the selected mailbox, by message sequence number. */
import { AUTHENTICATED, command, SELECTED } from "./command-row.ts";
import type { CommandEntry } from "./entry.ts";

const GONE = ["EXPUNGE", "VANISHED"];

export const MESSAGE_COMMANDS: readonly CommandEntry[] = [
  command(
    "CHECK",
    "RFC 3501 §6.4.1",
    SELECTED,
    "Asks the server to save the state of the mailbox; mostly like NOOP.",
    {
      obsolete: true,
    },
  ),
  command(
    "CLOSE",
    "RFC 9051 §6.4.1",
    SELECTED,
    "Closes the mailbox and silently removes messages marked deleted.",
  ),
  command("UNSELECT", "RFC 9051 §6.4.2", SELECTED, "Closes the mailbox without removing anything.", {
    capabilities: ["UNSELECT", "IMAP4REV2"],
  }),
  command("EXPUNGE", "RFC 9051 §6.4.3", SELECTED, "Removes all messages marked deleted for good.", {
    solicits: GONE,
    codes: ["HIGHESTMODSEQ", "EXPUNGEISSUED", "MESSAGELIMIT"],
  }),
  command("SEARCH", "RFC 9051 §6.4.4", SELECTED, "Asks which messages meet the given conditions.", {
    solicits: ["SEARCH", "ESEARCH"],
    codes: ["BADCHARSET", "NOTSAVED", "UNDEFINED-FILTER", "NOUPDATE", "MESSAGELIMIT", "UIDREQUIRED"],
    mayExpunge: false,
  }),
  command(
    "FETCH",
    "RFC 9051 §6.4.5",
    SELECTED,
    "Asks for data of messages: flags, headers, structure or text.",
    {
      solicits: ["FETCH"],
      codes: ["UNKNOWN-CTE", "EXPUNGEISSUED", "MESSAGELIMIT", "UIDREQUIRED"],
      mayExpunge: false,
      usesSequenceNumbers: true,
    },
  ),
  command(
    "PARTIAL",
    "RFC 1730 §6.4.6",
    SELECTED,
    "Asks for a range of octets of a message; now part of FETCH.",
    {
      solicits: ["FETCH"],
      mayExpunge: false,
      obsolete: true,
    },
  ),
  command(
    "STORE",
    "RFC 9051 §6.4.6",
    SELECTED,
    "Changes the flags of messages, or other data that can change.",
    {
      solicits: ["FETCH", "STORE"],
      codes: ["MODIFIED", "EXPUNGEISSUED", "MESSAGELIMIT", "UIDREQUIRED", "ANNOTATE"],
      mayExpunge: false,
      usesSequenceNumbers: true,
    },
  ),
  command("COPY", "RFC 9051 §6.4.7", SELECTED, "Copies messages to the end of another mailbox.", {
    solicits: ["COPY"],
    codes: [
      "COPYUID",
      "TRYCREATE",
      "OVERQUOTA",
      "EXPUNGEISSUED",
      "UIDNOTSTICKY",
      "MESSAGELIMIT",
      "UIDREQUIRED",
    ],
    usesSequenceNumbers: true,
    takesMailbox: true,
  }),
  command("MOVE", "RFC 9051 §6.4.8", SELECTED, "Moves messages to another mailbox in one step.", {
    capabilities: ["MOVE", "IMAP4REV2"],
    solicits: GONE,
    codes: [
      "COPYUID",
      "TRYCREATE",
      "OVERQUOTA",
      "EXPUNGEISSUED",
      "UIDNOTSTICKY",
      "MESSAGELIMIT",
      "UIDREQUIRED",
    ],
    usesSequenceNumbers: true,
    takesMailbox: true,
  }),
  command("SORT", "RFC 5256 §3", SELECTED, "Searches, and gives the found messages in a wanted order.", {
    capabilities: ["SORT", "SORT="],
    solicits: ["SORT", "ESEARCH"],
    codes: ["BADCHARSET", "NOUPDATE", "UNDEFINED-FILTER", "UIDREQUIRED"],
    mayExpunge: false,
  }),
  command(
    "THREAD",
    "RFC 5256 §3",
    SELECTED,
    "Searches, and gives the found messages grouped into conversations.",
    {
      capabilities: ["THREAD="],
      solicits: ["THREAD"],
      codes: ["BADCHARSET", "UNDEFINED-FILTER", "UIDREQUIRED"],
      mayExpunge: false,
    },
  ),
  command(
    "REPLACE",
    "RFC 8508 §3.2",
    SELECTED,
    "Puts a message into a mailbox and removes the one it replaces.",
    {
      capabilities: ["REPLACE"],
      solicits: [...GONE, "EXISTS"],
      codes: ["APPENDUID", "TRYCREATE", "TOOBIG", "BADURL", "OVERQUOTA", "UNKNOWN-CTE", "UIDREQUIRED"],
      usesSequenceNumbers: true,
      takesMailbox: true,
    },
  ),
  command(
    "CONVERT",
    "RFC 5259 §6",
    SELECTED,
    "Asks the server to convert parts of messages to other formats.",
    {
      capabilities: ["CONVERT"],
      solicits: ["CONVERTED"],
      codes: ["TEMPFAIL", "MAXCONVERTMESSAGES", "MAXCONVERTPARTS", "UIDREQUIRED"],
      mayExpunge: false,
      usesSequenceNumbers: true,
    },
  ),
  command(
    "CONVERSIONS",
    "RFC 5259 §5.1",
    AUTHENTICATED,
    "Asks which formats the server can convert into which.",
    {
      capabilities: ["CONVERT"],
      solicits: ["CONVERSION"],
    },
  ),
];
