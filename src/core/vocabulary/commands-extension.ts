/** Commands of access control, quota, metadata and URL access. */
import { AUTHENTICATED, command } from "./command-row.ts";
import type { CommandEntry } from "./entry.ts";

const ACL = { capabilities: ["ACL"], takesMailbox: true };
const METADATA = { capabilities: ["METADATA", "METADATA-SERVER"], takesMailbox: true };
const URLAUTH = { capabilities: ["URLAUTH"] };
const ANNOTATEMORE = { capabilities: ["ANNOTATEMORE"], takesMailbox: true, obsolete: true };

export const EXTENSION_COMMANDS: readonly CommandEntry[] = [
  command(
    "SETACL",
    "RFC 4314 §3.1",
    AUTHENTICATED,
    "Grants or takes rights on a mailbox to or from somebody.",
    ACL,
  ),
  command("DELETEACL", "RFC 4314 §3.2", AUTHENTICATED, "Takes all rights on a mailbox from somebody.", ACL),
  command("GETACL", "RFC 4314 §3.3", AUTHENTICATED, "Asks who has which rights on a mailbox.", {
    ...ACL,
    solicits: ["ACL"],
  }),
  command(
    "LISTRIGHTS",
    "RFC 4314 §3.4",
    AUTHENTICATED,
    "Asks which rights can be granted to somebody on a mailbox.",
    {
      ...ACL,
      solicits: ["LISTRIGHTS"],
    },
  ),
  command("MYRIGHTS", "RFC 4314 §3.5", AUTHENTICATED, "Asks which rights the user has on a mailbox.", {
    ...ACL,
    solicits: ["MYRIGHTS"],
  }),
  command("GETQUOTA", "RFC 9208 §4.1.1", AUTHENTICATED, "Asks for usage and limits of a quota root.", {
    capabilities: ["QUOTA"],
    solicits: ["QUOTA"],
  }),
  command(
    "GETQUOTAROOT",
    "RFC 9208 §4.1.2",
    AUTHENTICATED,
    "Asks which quota roots a mailbox counts against.",
    {
      capabilities: ["QUOTA"],
      takesMailbox: true,
      solicits: ["QUOTAROOT", "QUOTA"],
    },
  ),
  command("SETQUOTA", "RFC 9208 §4.1.3", AUTHENTICATED, "Changes the limits of a quota root.", {
    capabilities: ["QUOTASET", "QUOTA"],
    solicits: ["QUOTA"],
  }),
  command(
    "GETMETADATA",
    "RFC 5464 §4.2",
    AUTHENTICATED,
    "Asks for annotations of a mailbox or of the server.",
    {
      ...METADATA,
      solicits: ["METADATA"],
      codes: ["METADATA"],
    },
  ),
  command(
    "SETMETADATA",
    "RFC 5464 §4.3",
    AUTHENTICATED,
    "Sets or removes annotations of a mailbox or of the server.",
    {
      ...METADATA,
      codes: ["METADATA"],
    },
  ),
  command(
    "GETANNOTATION",
    undefined,
    AUTHENTICATED,
    "ANNOTATEMORE drafts, Cyrus: asks for annotations of a mailbox.",
    {
      ...ANNOTATEMORE,
      solicits: ["ANNOTATION"],
    },
  ),
  command(
    "SETANNOTATION",
    undefined,
    AUTHENTICATED,
    "ANNOTATEMORE drafts, Cyrus: sets annotations of a mailbox.",
    ANNOTATEMORE,
  ),
  command(
    "GENURLAUTH",
    "RFC 4467 §7",
    AUTHENTICATED,
    "Makes a URL with which others may read a message part.",
    {
      ...URLAUTH,
      solicits: ["GENURLAUTH"],
      codes: ["BADURL"],
    },
  ),
  command(
    "RESETKEY",
    "RFC 4467 §7",
    AUTHENTICATED,
    "Makes all URLs that were handed out for a mailbox void.",
    {
      ...URLAUTH,
      takesMailbox: true,
      codes: ["URLMECH"],
    },
  ),
  command("URLFETCH", "RFC 4467 §7", AUTHENTICATED, "Reads the message parts that the given URLs name.", {
    ...URLAUTH,
    solicits: ["URLFETCH"],
    codes: ["BADURL"],
  }),
];
