/**
 * The UID forms of commands (RFC 9051 §6.4.9). They are commands of their own: EXPUNGE may be sent during each of them,
 * also during those whose plain form forbids it (RFC 9051 §7.5.1).
 */
import { command, SELECTED } from "./command-row.ts";
import type { CommandEntry } from "./entry.ts";

const UID = "RFC 9051 §6.4.9";
const GONE = ["EXPUNGE", "VANISHED"];

export const UID_COMMANDS: readonly CommandEntry[] = [
  command("UID FETCH", UID, SELECTED, "Asks for data of messages that are named by UID.", {
    solicits: ["FETCH", "UIDFETCH", "VANISHED"],
    codes: ["UNKNOWN-CTE", "EXPUNGEISSUED", "MESSAGELIMIT"],
  }),
  command("UID STORE", UID, SELECTED, "Changes the flags of messages that are named by UID.", {
    solicits: ["FETCH", "UIDFETCH"],
    codes: ["MODIFIED", "EXPUNGEISSUED", "MESSAGELIMIT", "ANNOTATE"],
  }),
  command("UID COPY", UID, SELECTED, "Copies messages that are named by UID to another mailbox.", {
    codes: ["COPYUID", "TRYCREATE", "OVERQUOTA", "EXPUNGEISSUED", "UIDNOTSTICKY", "MESSAGELIMIT"],
    takesMailbox: true,
  }),
  command("UID MOVE", UID, SELECTED, "Moves messages that are named by UID to another mailbox.", {
    capabilities: ["MOVE", "IMAP4REV2"],
    solicits: GONE,
    codes: ["COPYUID", "TRYCREATE", "OVERQUOTA", "EXPUNGEISSUED", "UIDNOTSTICKY", "MESSAGELIMIT"],
    takesMailbox: true,
  }),
  command(
    "UID EXPUNGE",
    "RFC 4315 §2.1",
    SELECTED,
    "Removes those messages of a UID set that are marked deleted.",
    {
      capabilities: ["UIDPLUS", "IMAP4REV2"],
      solicits: GONE,
      codes: ["HIGHESTMODSEQ", "MESSAGELIMIT"],
    },
  ),
  command("UID SEARCH", UID, SELECTED, "Asks for the UIDs of messages that meet the given conditions.", {
    solicits: ["SEARCH", "ESEARCH"],
    codes: ["BADCHARSET", "NOTSAVED", "UNDEFINED-FILTER", "NOUPDATE", "MESSAGELIMIT"],
  }),
  command("UID SORT", "RFC 5256 §3", SELECTED, "Searches, and gives the UIDs found in a wanted order.", {
    capabilities: ["SORT", "SORT="],
    solicits: ["SORT", "ESEARCH"],
    codes: ["BADCHARSET", "NOUPDATE", "UNDEFINED-FILTER"],
  }),
  command(
    "UID THREAD",
    "RFC 5256 §3",
    SELECTED,
    "Searches, and gives the UIDs found grouped into conversations.",
    {
      capabilities: ["THREAD="],
      solicits: ["THREAD"],
      codes: ["BADCHARSET", "UNDEFINED-FILTER"],
    },
  ),
  command("UID REPLACE", "RFC 8508 §3.3", SELECTED, "REPLACE of a message that is named by UID.", {
    capabilities: ["REPLACE"],
    solicits: [...GONE, "EXISTS"],
    codes: ["APPENDUID", "TRYCREATE", "TOOBIG", "BADURL", "OVERQUOTA", "UNKNOWN-CTE"],
    takesMailbox: true,
  }),
  command("UID CONVERT", "RFC 5259 §6", SELECTED, "CONVERT of messages that are named by UID.", {
    capabilities: ["CONVERT"],
    solicits: ["CONVERTED"],
    codes: ["TEMPFAIL", "MAXCONVERTMESSAGES", "MAXCONVERTPARTS"],
  }),
];
