/** Items that FETCH and STATUS can ask for. */
import type { DataItemEntry, DataItemUse } from "./entry.ts";

function row(use: DataItemUse): (name: string, rfc: string | undefined, words: string) => DataItemEntry {
  return (name, rfc, words) => ({ name, rfc, words, uses: [use] });
}

const fetch = row("fetch");
const status = row("status");

export const DATA_ITEMS: readonly DataItemEntry[] = [
  fetch("ALL", "RFC 9051 §6.4.5", "Short for FLAGS, INTERNALDATE, RFC822.SIZE and ENVELOPE."),
  fetch("FAST", "RFC 9051 §6.4.5", "Short for FLAGS, INTERNALDATE and RFC822.SIZE."),
  fetch("FULL", "RFC 9051 §6.4.5", "Short for everything in ALL, and BODY."),
  fetch("BODY", "RFC 9051 §6.4.5", "The structure of a message, or with a section its octets."),
  fetch("BODY.PEEK", "RFC 9051 §6.4.5", "Octets of a section, without marking the message as seen."),
  fetch("BODYSTRUCTURE", "RFC 9051 §6.4.5", "The structure of a message with all details of its parts."),
  fetch("BINARY", "RFC 9051 §6.4.5", "Octets of a part with its transfer encoding undone."),
  fetch("BINARY.PEEK", "RFC 9051 §6.4.5", "Decoded octets of a part, without marking the message as seen."),
  fetch("BINARY.SIZE", "RFC 9051 §6.4.5", "The number of octets of a part once it is decoded."),
  fetch("ENVELOPE", "RFC 9051 §6.4.5", "Date, subject, addresses and identifiers from the message header."),
  fetch("FLAGS", "RFC 9051 §6.4.5", "The flags and keywords of a message."),
  fetch("INTERNALDATE", "RFC 9051 §6.4.5", "When the server received the message."),
  fetch("RFC822.SIZE", "RFC 9051 §6.4.5", "The number of octets of a message."),
  fetch("UID", "RFC 9051 §6.4.5", "The number that names a message for good in its mailbox."),
  fetch("RFC822", "RFC 3501 §6.4.5", "A whole message, which is marked as seen; now written BODY[]."),
  fetch("RFC822.HEADER", "RFC 3501 §6.4.5", "The header of a message; now written BODY.PEEK[HEADER]."),
  fetch("RFC822.TEXT", "RFC 3501 §6.4.5", "The text of a message; now written BODY[TEXT]."),
  fetch("RFC822.PEEK", "RFC 1730 §6.4.5", "A whole message without marking it as seen; an early form."),
  fetch("MODSEQ", "RFC 7162 §3.1.4", "The number of the last change of a message."),
  fetch("ANNOTATION", "RFC 5257 §4.3", "Annotations that users or programs made to a message."),
  fetch("PREVIEW", "RFC 8970 §3.1", "A short text that shows what a message is about."),
  fetch("SAVEDATE", "RFC 8514 §4.2", "When the message was put into this mailbox."),
  fetch("EMAILID", "RFC 8474 §5.1", "An identifier of the message's content that copies share."),
  fetch("THREADID", "RFC 8474 §5.2", "An identifier of the conversation that a message belongs to."),
  fetch("X-GM-MSGID", undefined, "Gmail: its identifier of a message."),
  fetch("X-GM-THRID", undefined, "Gmail: its identifier of a conversation."),
  fetch("X-GM-LABELS", undefined, "Gmail: the labels of a message."),
  status("MESSAGES", "RFC 9051 §6.3.11", "How many messages the mailbox has."),
  status("UIDNEXT", "RFC 9051 §6.3.11", "The UID that the next new message will at least have."),
  status("UIDVALIDITY", "RFC 9051 §6.3.11", "The number that says whether remembered UIDs still hold."),
  status("UNSEEN", "RFC 9051 §6.3.11", "How many messages have not been read."),
  status("DELETED", "RFC 9051 §6.3.11", "How many messages are marked deleted."),
  status("SIZE", "RFC 9051 §6.3.11", "How many octets the messages of the mailbox have together."),
  status("RECENT", "RFC 3501 §6.3.10", "How many messages no session has been told of yet."),
  status("HIGHESTMODSEQ", "RFC 7162 §3.1.7", "The highest mod-sequence of the mailbox."),
  status("APPENDLIMIT", "RFC 7889 §3.1", "How large a message may be that is added to the mailbox."),
  status("DELETED-STORAGE", "RFC 9208 §4.1.4", "How many octets an EXPUNGE would free."),
  status("MAILBOXID", "RFC 8474 §4.3", "The identifier that a mailbox keeps when it is renamed."),
];
