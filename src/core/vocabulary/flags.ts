/** Flags and keywords of messages, and attributes of mailboxes, in the case in which they are usually written. */
import type { FlagEntry, FlagUse } from "./entry.ts";

function row(use: FlagUse): (name: string, rfc: string | undefined, words: string) => FlagEntry {
  return (name, rfc, words) => ({ name, rfc, words, uses: [use] });
}

const flag = row("flag");
const keyword = row("keyword");
const attribute = row("mailboxAttribute");

export const FLAGS: readonly FlagEntry[] = [
  flag("\\Seen", "RFC 9051 §2.3.2", "The user has read the message."),
  flag("\\Answered", "RFC 9051 §2.3.2", "The user has answered the message."),
  {
    name: "\\Flagged",
    rfc: "RFC 9051 §2.3.2",
    words: "The message needs attention; as an attribute, the mailbox shows all such messages.",
    uses: ["flag", "mailboxAttribute"],
  },
  flag("\\Deleted", "RFC 9051 §2.3.2", "The message is marked to be removed by the next EXPUNGE."),
  flag("\\Draft", "RFC 9051 §2.3.2", "The message is not finished yet."),
  flag("\\Recent", "RFC 3501 §2.3.2", "This session is the first to be told of the message."),
  flag("\\*", "RFC 9051 §7.1", "In PERMANENTFLAGS: new keywords can be made in this mailbox."),
  keyword("$Forwarded", "RFC 9051 §2.3.2", "The message has been forwarded to somebody."),
  keyword("$MDNSent", "RFC 9051 §2.3.2", "A receipt was sent for the message, or must not be sent."),
  keyword("$Junk", "RFC 9051 §2.3.2", "The user or a filter considers the message to be junk."),
  keyword("$NotJunk", "RFC 9051 §2.3.2", "The user says that the message is no junk."),
  keyword("$Phishing", "RFC 9051 §2.3.2", "The message probably tries to steal credentials."),
  keyword("$SubmitPending", "RFC 5550 §5.10", "The message is being handed to a submission server."),
  keyword("$Submitted", "RFC 5550 §5.10", "The message was handed to a submission server."),
  keyword("$Important", "RFC 8457 §2", "The message is likely to be important to the user."),
  keyword("Junk", undefined, "Thunderbird, Apple Mail and others: the message is junk."),
  keyword("NonJunk", undefined, "Thunderbird: the message is no junk."),
  keyword("NotJunk", undefined, "Apple Mail: the message is no junk."),
  keyword("$label1", undefined, "Thunderbird: the message has the tag Important."),
  keyword("$label2", undefined, "Thunderbird: the message has the tag Work."),
  keyword("$label3", undefined, "Thunderbird: the message has the tag Personal."),
  keyword("$label4", undefined, "Thunderbird: the message has the tag To Do."),
  keyword("$label5", undefined, "Thunderbird: the message has the tag Later."),
  attribute("\\Noselect", "RFC 9051 §7.3.1", "The name cannot be selected as a mailbox."),
  attribute("\\NonExistent", "RFC 9051 §7.3.1", "No mailbox of this name exists."),
  attribute("\\Noinferiors", "RFC 9051 §7.3.1", "The mailbox has no child mailboxes and can never have any."),
  attribute("\\HasChildren", "RFC 9051 §7.3.1", "The mailbox has child mailboxes that can be listed."),
  attribute(
    "\\HasNoChildren",
    "RFC 9051 §7.3.1",
    "The mailbox has no child mailboxes that the user can see.",
  ),
  attribute(
    "\\Marked",
    "RFC 9051 §7.3.1",
    "The server considers the mailbox interesting: it may have new messages.",
  ),
  attribute("\\Unmarked", "RFC 9051 §7.3.1", "The mailbox has got no messages since it was last selected."),
  attribute("\\Subscribed", "RFC 9051 §7.3.1", "The user has subscribed to the mailbox."),
  attribute("\\Remote", "RFC 9051 §7.3.1", "The mailbox is held by another server."),
  attribute("\\All", "RFC 9051 §7.3.1", "The mailbox shows all messages that the user has."),
  attribute("\\Archive", "RFC 9051 §7.3.1", "The mailbox keeps messages that the user has put aside."),
  attribute("\\Drafts", "RFC 9051 §7.3.1", "The mailbox holds messages that are not finished yet."),
  attribute("\\Junk", "RFC 9051 §7.3.1", "The mailbox holds what was found to be junk."),
  attribute("\\Sent", "RFC 9051 §7.3.1", "The mailbox holds copies of messages that the user sent."),
  attribute("\\Trash", "RFC 9051 §7.3.1", "The mailbox holds messages that were deleted or are about to be."),
  attribute("\\Important", "RFC 8457 §3", "The mailbox shows messages that are likely to be important."),
  attribute("\\Inbox", undefined, "Gmail: the inbox, in XLIST and among labels."),
  attribute("\\AllMail", undefined, "Gmail, in XLIST: the mailbox shows all messages."),
  attribute("\\Spam", undefined, "Gmail, in XLIST: the mailbox holds junk."),
  attribute("\\Starred", undefined, "Gmail: the mailbox or label of messages with a star."),
];
