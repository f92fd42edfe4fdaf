/** Every response code: what stands in brackets after OK, NO, BAD, BYE and PREAUTH (RFC 9051 §7.1, RFC 5530 §3). */
import type { CodePlace, CodeRow } from "./entry.ts";

const TAGGED: readonly CodePlace[] = ["tagged"];
const UNTAGGED: readonly CodePlace[] = ["untagged"];
const BOTH: readonly CodePlace[] = ["tagged", "untagged"];
const ANYWHERE: readonly CodePlace[] = ["tagged", "untagged", "greeting", "bye", "continuation"];

function code(name: string, rfc: string | undefined, where: readonly CodePlace[], words: string): CodeRow {
  return { name, rfc, where, words };
}

export const RESPONSE_CODES: readonly CodeRow[] = [
  // RFC 9051 and RFC 3501
  code("ALERT", "RFC 9051 §7.1", ANYWHERE, "The text must be shown to the user."),
  code("BADCHARSET", "RFC 9051 §7.1", TAGGED, "The server does not know the character set of the search."),
  code(
    "CAPABILITY",
    "RFC 9051 §7.1",
    ["tagged", "untagged", "greeting"],
    "Lists the extensions that the server supports now.",
  ),
  code("PARSE", "RFC 9051 §7.1", BOTH, "The server could not read the header or structure of a message."),
  code("PERMANENTFLAGS", "RFC 9051 §7.1", UNTAGGED, "Lists the flags that can be changed so that they stay."),
  code("READ-ONLY", "RFC 9051 §7.1", BOTH, "The mailbox is open for reading only."),
  code("READ-WRITE", "RFC 9051 §7.1", BOTH, "The mailbox is open for reading and writing."),
  code("TRYCREATE", "RFC 9051 §7.1", TAGGED, "The target mailbox does not exist, but could be created."),
  code("UIDNEXT", "RFC 9051 §7.1", UNTAGGED, "Gives the UID that the next new message will at least have."),
  code(
    "UIDVALIDITY",
    "RFC 9051 §7.1",
    UNTAGGED,
    "Gives the number that says whether remembered UIDs still hold.",
  ),
  code("UNSEEN", "RFC 3501 §7.1", UNTAGGED, "Gives the number of the first message that is not seen yet."),
  code("NEWNAME", "RFC 2060 §7.1", TAGGED, "The mailbox was renamed; gives its old and new name."),
  code("APPENDUID", "RFC 9051 §7.1", BOTH, "Gives UIDVALIDITY and UIDs of the messages that were added."),
  code("COPYUID", "RFC 9051 §7.1", BOTH, "Gives the UIDs of the copied messages, before and after."),
  code("UIDNOTSTICKY", "RFC 9051 §7.1", BOTH, "The mailbox cannot keep UIDs over sessions."),
  code(
    "CLOSED",
    "RFC 9051 §7.1",
    UNTAGGED,
    "The mailbox selected before is closed; what follows concerns the new one.",
  ),
  code(
    "HASCHILDREN",
    "RFC 9051 §7.1",
    TAGGED,
    "The mailbox cannot be deleted because it has child mailboxes.",
  ),
  code("NOTSAVED", "RFC 9051 §7.1", TAGGED, "The result of the search was not saved."),
  code(
    "UNKNOWN-CTE",
    "RFC 9051 §7.1",
    TAGGED,
    "The server cannot decode the content transfer encoding of a part.",
  ),
  // RFC 5530
  code("UNAVAILABLE", "RFC 5530 §3", ANYWHERE, "Part of the server is down for now; try again later."),
  code(
    "AUTHENTICATIONFAILED",
    "RFC 5530 §3",
    TAGGED,
    "The credentials are wrong, or the server does not say why it refused.",
  ),
  code(
    "AUTHORIZATIONFAILED",
    "RFC 5530 §3",
    TAGGED,
    "The credentials are right, but the user may not act as the other one.",
  ),
  code("EXPIRED", "RFC 5530 §3", ANYWHERE, "The credentials or the account are no longer valid."),
  code(
    "PRIVACYREQUIRED",
    "RFC 5530 §3",
    ANYWHERE,
    "The operation is allowed only over an encrypted connection.",
  ),
  code(
    "CONTACTADMIN",
    "RFC 5530 §3",
    ANYWHERE,
    "The user should turn to the administrator or the help desk.",
  ),
  code("NOPERM", "RFC 5530 §3", BOTH, "The user has no right to do this."),
  code("INUSE", "RFC 5530 §3", BOTH, "Something that the operation needs is locked by another client."),
  code(
    "EXPUNGEISSUED",
    "RFC 5530 §3",
    BOTH,
    "Messages that the command names were removed by somebody else.",
  ),
  code("CORRUPTION", "RFC 5530 §3", ANYWHERE, "The server found that its stored data is damaged."),
  code("SERVERBUG", "RFC 5530 §3", ANYWHERE, "The server ran into a fault of its own."),
  code("CLIENTBUG", "RFC 5530 §3", ANYWHERE, "The server believes that the client has a fault."),
  code("CANNOT", "RFC 5530 §3", BOTH, "The server can never do this, whatever the user's rights."),
  code("LIMIT", "RFC 5530 §3", ANYWHERE, "The operation goes over a limit of the server."),
  code(
    "OVERQUOTA",
    "RFC 9208 §4.3.1",
    BOTH,
    "The user is over the quota, or the operation would lead there.",
  ),
  code("ALREADYEXISTS", "RFC 5530 §3", TAGGED, "What should be made exists already."),
  code("NONEXISTENT", "RFC 5530 §3", BOTH, "What the command names does not exist."),
  // Extensions
  code(
    "REFERRAL",
    "RFC 2221 §4.2",
    ["tagged", "greeting", "bye"],
    "Sends the client to another server or mailbox by URL.",
  ),
  code(
    "BADURL",
    "RFC 4469 §4.1",
    TAGGED,
    "Names the URL of CATENATE or URLFETCH that could not be resolved.",
  ),
  code("TOOBIG", "RFC 4469 §4.2", TAGGED, "The message is larger than the server accepts."),
  code("URLMECH", "RFC 4467 §7", BOTH, "Lists the mechanisms with which URLs of the mailbox can be signed."),
  code(
    "COMPRESSIONACTIVE",
    "RFC 4978 §3",
    TAGGED,
    "The connection is compressed already, perhaps by another layer.",
  ),
  code("HIGHESTMODSEQ", "RFC 7162 §3.1.2.1", BOTH, "Gives the highest mod-sequence of the mailbox."),
  code("NOMODSEQ", "RFC 7162 §3.1.2.2", UNTAGGED, "The mailbox does not keep mod-sequences."),
  code(
    "MODIFIED",
    "RFC 7162 §3.1.3",
    TAGGED,
    "Names the messages that were not changed, because somebody else did.",
  ),
  code("BADCOMPARATOR", "RFC 5255 §4.9", TAGGED, "None of the comparators asked for is on offer."),
  code(
    "ANNOTATE",
    "RFC 5257 §4.5",
    TAGGED,
    "An annotation of a message is too large, or there are too many.",
  ),
  code(
    "ANNOTATIONS",
    "RFC 5257 §4.2",
    UNTAGGED,
    "Tells how large annotations of messages may be in this mailbox.",
  ),
  code("TEMPFAIL", "RFC 5259 §9", TAGGED, "A conversion failed for now; try again later."),
  code(
    "MAXCONVERTMESSAGES",
    "RFC 5259 §9",
    TAGGED,
    "Tells how many messages can be converted by one command.",
  ),
  code("MAXCONVERTPARTS", "RFC 5259 §9", TAGGED, "Tells how many parts can be converted by one command."),
  code("NOUPDATE", "RFC 5267 §4.3.1", BOTH, "The server cannot keep the search with this tag up to date."),
  code(
    "METADATA",
    "RFC 5464 §4.2.1",
    TAGGED,
    "Tells why an annotation could not be given or set, or what was left out.",
  ),
  code("BADEVENT", "RFC 5465 §5", TAGGED, "Names the events that the server can report."),
  code(
    "NOTIFICATIONOVERFLOW",
    "RFC 5465 §5.8",
    UNTAGGED,
    "The server stops notifications because there are too many.",
  ),
  code("UNDEFINED-FILTER", "RFC 5466 §3.1", TAGGED, "Names the filter of the search that is not defined."),
  code("USEATTR", "RFC 6154 §3", TAGGED, "The server cannot give a mailbox the special use asked for."),
  code("MAILBOXID", "RFC 8474 §4.1", BOTH, "Gives the identifier that a mailbox keeps when it is renamed."),
  code("INPROGRESS", "RFC 9585 §4", UNTAGGED, "Tells how far a command that takes long has come."),
  code("UIDREQUIRED", "RFC 9586 §3", TAGGED, "The command may not use message numbers once UIDONLY is on."),
  code("MESSAGELIMIT", "RFC 9738 §3", BOTH, "The command was carried out for a part of the messages only."),
  // Vendors
  code("WEBALERT", undefined, BOTH, "Gmail: gives the address at which the user must log in by browser."),
  code("THROTTLED", undefined, BOTH, "Gmail and others: the client used too much and is slowed down."),
];
