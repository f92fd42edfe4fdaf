/** Commands on mailboxes: choose, make, list, watch, and add messages to them. */
import { AUTHENTICATED, command } from "./command-row.ts";
import type { CommandEntry } from "./entry.ts";

/** What SELECT and EXAMINE are answered with (RFC 9051 §6.3.2, RFC 7162 §3.2.5). */
const SELECTION: Partial<CommandEntry> = {
  takesMailbox: true,
  solicits: ["FLAGS", "EXISTS", "RECENT", "LIST", "FETCH", "UIDFETCH", "VANISHED"],
  codes: [
    "CLOSED",
    "UNSEEN",
    "UIDVALIDITY",
    "UIDNEXT",
    "PERMANENTFLAGS",
    "HIGHESTMODSEQ",
    "NOMODSEQ",
    "ANNOTATIONS",
    "MAILBOXID",
    "UIDNOTSTICKY",
    "READ-ONLY",
    "READ-WRITE",
  ],
};
const MAILBOX = { takesMailbox: true };
const APPENDS = [
  "APPENDUID",
  "TRYCREATE",
  "TOOBIG",
  "BADURL",
  "UNKNOWN-CTE",
  "OVERQUOTA",
  "UIDNOTSTICKY",
  "MESSAGELIMIT",
];

export const MAILBOX_COMMANDS: readonly CommandEntry[] = [
  command(
    "SELECT",
    "RFC 9051 §6.3.2",
    AUTHENTICATED,
    "Opens a mailbox for reading and changing its messages.",
    SELECTION,
  ),
  command("EXAMINE", "RFC 9051 §6.3.3", AUTHENTICATED, "Opens a mailbox for reading only.", SELECTION),
  command("CREATE", "RFC 9051 §6.3.4", AUTHENTICATED, "Makes a new mailbox of the given name.", {
    ...MAILBOX,
    solicits: ["LIST"],
    codes: ["MAILBOXID", "USEATTR", "ALREADYEXISTS"],
  }),
  command("DELETE", "RFC 9051 §6.3.5", AUTHENTICATED, "Removes a mailbox and its messages for good.", {
    ...MAILBOX,
    codes: ["HASCHILDREN", "NONEXISTENT"],
  }),
  command(
    "RENAME",
    "RFC 9051 §6.3.6",
    AUTHENTICATED,
    "Gives a mailbox another name or place in the hierarchy.",
    {
      ...MAILBOX,
      solicits: ["LIST"],
      codes: ["ALREADYEXISTS", "NONEXISTENT"],
    },
  ),
  command(
    "SUBSCRIBE",
    "RFC 9051 §6.3.7",
    AUTHENTICATED,
    "Adds a mailbox to those that the user wants to see.",
    {
      ...MAILBOX,
      solicits: ["LIST"],
    },
  ),
  command(
    "UNSUBSCRIBE",
    "RFC 9051 §6.3.8",
    AUTHENTICATED,
    "Takes a mailbox off those that the user wants to see.",
    MAILBOX,
  ),
  command("LIST", "RFC 9051 §6.3.9", AUTHENTICATED, "Lists the mailboxes whose names match a pattern.", {
    ...MAILBOX,
    solicits: ["LIST", "STATUS", "MYRIGHTS", "METADATA"],
  }),
  command(
    "LSUB",
    "RFC 3501 §6.3.9",
    AUTHENTICATED,
    "Lists the subscribed mailboxes whose names match a pattern.",
    {
      ...MAILBOX,
      solicits: ["LSUB"],
      obsolete: true,
    },
  ),
  command(
    "XLIST",
    undefined,
    AUTHENTICATED,
    "Gmail: lists mailboxes with their special uses, before LIST could.",
    {
      ...MAILBOX,
      capabilities: ["XLIST"],
      solicits: ["XLIST"],
      obsolete: true,
    },
  ),
  command(
    "RLIST",
    "RFC 2193 §5.1",
    AUTHENTICATED,
    "LIST that also names mailboxes which other servers hold.",
    {
      ...MAILBOX,
      capabilities: ["MAILBOX-REFERRALS"],
      solicits: ["LIST"],
    },
  ),
  command(
    "RLSUB",
    "RFC 2193 §5.2",
    AUTHENTICATED,
    "LSUB that also names mailboxes which other servers hold.",
    {
      ...MAILBOX,
      capabilities: ["MAILBOX-REFERRALS"],
      solicits: ["LSUB"],
    },
  ),
  command("FIND", "RFC 1730 §9", AUTHENTICATED, "Lists mailboxes; the predecessor of LSUB and LIST.", {
    ...MAILBOX,
    solicits: ["MAILBOX"],
    obsolete: true,
  }),
  command(
    "NAMESPACE",
    "RFC 9051 §6.3.10",
    AUTHENTICATED,
    "Asks where personal, other users' and shared mailboxes are.",
    {
      capabilities: ["NAMESPACE", "IMAP4REV2"],
      solicits: ["NAMESPACE"],
    },
  ),
  command("STATUS", "RFC 9051 §6.3.11", AUTHENTICATED, "Asks for counts of a mailbox without opening it.", {
    ...MAILBOX,
    solicits: ["STATUS"],
    codes: ["NONEXISTENT"],
  }),
  command("APPEND", "RFC 9051 §6.3.12", AUTHENTICATED, "Puts one or more messages into a mailbox.", {
    ...MAILBOX,
    codes: APPENDS,
  }),
  command(
    "IDLE",
    "RFC 9051 §6.3.13",
    AUTHENTICATED,
    "Waits for news, which the server sends until the client says DONE.",
    {
      capabilities: ["IDLE", "IMAP4REV2"],
    },
  ),
  command(
    "NOTIFY",
    "RFC 5465 §3.1",
    AUTHENTICATED,
    "Tells the server which events in which mailboxes it is to report.",
    {
      capabilities: ["NOTIFY"],
      solicits: ["STATUS"],
      codes: ["BADEVENT", "NOTIFICATIONOVERFLOW"],
    },
  ),
  command("ESEARCH", "RFC 7377 §2.1", AUTHENTICATED, "Searches several mailboxes with one single command.", {
    capabilities: ["MULTISEARCH"],
    solicits: ["ESEARCH"],
    codes: ["BADCHARSET"],
  }),
  command("CANCELUPDATE", "RFC 5267 §4.3.5", AUTHENTICATED, "Ends the live updates of earlier searches.", {
    capabilities: ["CONTEXT="],
  }),
];
