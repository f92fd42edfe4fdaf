/** What responses tell of the messages of the selected mailbox, taken into its view. */
import type { Fetched } from "../exchange/fetched.ts";
import type { DataResponse, Response } from "../imap/response.ts";
import type { MailboxView } from "./mailbox-view.ts";

const LEARNERS: ReadonlyMap<string, (view: MailboxView, response: DataResponse) => void> = new Map([
  ["EXISTS", (view, { number }) => void (number !== undefined && view.setExists(number))],
  ["EXPUNGE", (view, { number }) => void (number !== undefined && view.expunge(number))],
  [
    "VANISHED",
    (view, { data }) => {
      // (EARLIER) may name UIDs that the client never knew, and does not change EXISTS (RFC 7162 §3.2.10).
      if (data.kind === "vanished" && !data.earlier) view.vanish(data.uids);
    },
  ],
]);

/** `fetched` is given where the response is FETCH or UIDFETCH. */
export function learnMessages(view: MailboxView, response: Response, fetched: Fetched | undefined): void {
  if (fetched !== undefined) learnFetch(view, fetched);
  else if (response.kind === "data") LEARNERS.get(response.name)?.(view, response);
}

/** UIDFETCH has no message sequence number, but may name a message that is known. */
function learnFetch(view: MailboxView, { message, uid, flags }: Fetched): void {
  const slot = message.slot ?? (message.uid === undefined ? undefined : view.slotOfUid(message.uid));
  if (slot !== undefined) learnMessage(view, slot, uid, flags);
}

/** What a response gave of the message of a slot. */
export function learnMessage(
  view: MailboxView,
  slot: number,
  uid: number | undefined,
  flags: readonly string[] | undefined,
): void {
  if (uid !== undefined) view.learnUid(slot, uid);
  if (flags !== undefined) view.learnFlags(slot, flags);
}
