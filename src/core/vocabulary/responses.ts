/** Every response: statuses, untagged data, and what obsolete or vendor servers send. */
import type { Pushable, ResponseRow } from "./entry.ts";

function status(name: string, rfc: string, words: string): ResponseRow {
  return { name, rfc, words, form: "status", pushable: "always" };
}

function data(name: string, rfc: string | undefined, pushable: Pushable, words: string): ResponseRow {
  return { name, rfc, words, form: "name", pushable };
}

function numbered(name: string, rfc: string | undefined, pushable: Pushable, words: string): ResponseRow {
  return { name, rfc, words, form: "number", pushable };
}

export const RESPONSES: readonly ResponseRow[] = [
  status("OK", "RFC 9051 §7.1.1", "Says that a command succeeded, or tells something that needs no action."),
  status("NO", "RFC 9051 §7.1.2", "Says that a command failed, or warns of a problem."),
  status(
    "BAD",
    "RFC 9051 §7.1.3",
    "Says that the server did not understand the client, or has an internal fault.",
  ),
  status("PREAUTH", "RFC 9051 §7.1.4", "Greets a client that needs no login because it is known already."),
  status("BYE", "RFC 9051 §7.1.5", "Says that the server is about to close the connection."),
  data("CAPABILITY", "RFC 9051 §7.2.2", "always", "Lists the extensions that the server supports now."),
  data("ENABLED", "RFC 9051 §7.2.1", "never", "Lists the extensions that ENABLE has just switched on."),
  data("LIST", "RFC 9051 §7.3.1", "notify", "Names one mailbox with its attributes and hierarchy delimiter."),
  data("LSUB", "RFC 3501 §7.2.3", "never", "Names one mailbox that the user has subscribed to."),
  data("XLIST", undefined, "never", "Gmail: names one mailbox with its special use."),
  data("MAILBOX", "RFC 1730 §9", "never", "Names one mailbox in answer to FIND."),
  data(
    "NAMESPACE",
    "RFC 9051 §7.3.2",
    "never",
    "Tells where personal, other users' and shared mailboxes are.",
  ),
  data(
    "STATUS",
    "RFC 9051 §7.3.3",
    "notify",
    "Gives counts and numbers of a mailbox that need not be selected.",
  ),
  data("SEARCH", "RFC 3501 §7.2.5", "never", "Gives the numbers of the messages that a search found."),
  data("ESEARCH", "RFC 9051 §7.3.4", "notify", "Gives the result of a search, with the tag of its command."),
  data("SORT", "RFC 5256 §4", "never", "Gives the numbers of the messages found, in the order asked for."),
  data("THREAD", "RFC 5256 §4", "never", "Gives the numbers of the messages found, nested by conversation."),
  data("FLAGS", "RFC 9051 §7.3.5", "always", "Lists the flags that can be used in the selected mailbox."),
  numbered("EXISTS", "RFC 9051 §7.4.1", "always", "Tells how many messages the selected mailbox has."),
  numbered(
    "RECENT",
    "RFC 3501 §7.3.2",
    "always",
    "Tells how many messages arrived since the mailbox was last opened.",
  ),
  numbered(
    "EXPUNGE",
    "RFC 9051 §7.5.1",
    "always",
    "Says that a message is gone; higher numbers move down by one.",
  ),
  numbered(
    "FETCH",
    "RFC 9051 §7.5.2",
    "always",
    "Gives data of one message: flags, headers, structure or text.",
  ),
  numbered("UIDFETCH", "RFC 9586 §3", "enabled", "Gives data of one message that is named by UID."),
  data("VANISHED", "RFC 7162 §3.2.10", "enabled", "Says that the messages with these UIDs are gone."),
  data("ID", "RFC 2971 §3.2", "never", "Tells which software the server is."),
  data("LANGUAGE", "RFC 5255 §3.3", "never", "Lists the languages on offer, or names the one now used."),
  data("COMPARATOR", "RFC 5255 §4.8", "never", "Names the rules by which texts are compared now."),
  data("ACL", "RFC 4314 §3.6", "never", "Lists who has which rights on a mailbox."),
  data(
    "LISTRIGHTS",
    "RFC 4314 §3.7",
    "never",
    "Lists the rights that can be granted to somebody on a mailbox.",
  ),
  data("MYRIGHTS", "RFC 4314 §3.8", "never", "Lists the rights that the user has on a mailbox."),
  data("QUOTA", "RFC 9208 §4.2.1", "never", "Gives usage and limit of each resource of a quota root."),
  data("QUOTAROOT", "RFC 9208 §4.2.2", "never", "Names the quota roots that a mailbox counts against."),
  data(
    "METADATA",
    "RFC 5464 §4.4",
    "enabled",
    "Gives annotations of a mailbox, or names those that changed.",
  ),
  data("ANNOTATION", undefined, "never", "ANNOTATEMORE drafts, Cyrus: gives annotations of a mailbox."),
  data("GENURLAUTH", "RFC 4467 §8", "never", "Gives the URLs that GENURLAUTH has signed."),
  data("URLFETCH", "RFC 4467 §8", "never", "Gives the contents that the URLs stand for."),
  numbered(
    "CONVERTED",
    "RFC 5259 §8.1",
    "never",
    "Gives converted parts of one message, with the command's tag.",
  ),
  data("CONVERSION", "RFC 5259 §5.2", "never", "Names one conversion that the server can do."),
  data("JMAPACCESS", "RFC 9698 §4", "never", "Gives the address at which the same mail is found by JMAP."),
  data("XAPPLEPUSHSERVICE", undefined, "never", "Apple: gives version and topic of the push service."),
  numbered(
    "COPY",
    "RFC 1730 §7.3.5",
    "never",
    "IMAP2 servers: repeats that a message was copied; means nothing more.",
  ),
  numbered("STORE", "RFC 1730 §7.3.5", "never", "IMAP2 servers: gives new flags of a message, like FETCH."),
];
