/** What responses tell of the messages of the selected mailbox, taken into its view. */
import { uidOf } from "../exchange/fetch-items.ts";
import type { DataResponse, FetchData, Response } from "../imap/response.ts";
import type { MailboxView } from "./mailbox-view.ts";
import type { Selections } from "./selection.ts";

type Learner = (view: MailboxView, response: DataResponse, selections: Selections) => void;

const LEARNERS: ReadonlyMap<string, Learner> = new Map<string, Learner>([
  ["EXISTS", learnExists],
  ["EXPUNGE", (view, { number }) => void (number !== undefined && view.expunge(number))],
  ["FETCH", learnFetch],
  ["UIDFETCH", learnFetch],
  [
    "VANISHED",
    (view, { data }) => {
      // (EARLIER) may name UIDs that the client never knew, and does not change EXISTS (RFC 7162 §3.2.10).
      if (data.kind === "vanished" && !data.earlier) view.vanish(data.uids);
    },
  ],
]);

export function learnMessages(selections: Selections, response: Response): void {
  if (response.kind === "data") LEARNERS.get(response.name)?.(selections.view(), response, selections);
}

function learnExists(view: MailboxView, { number }: DataResponse): void {
  if (number !== undefined) view.setExists(number);
}

function learnFetch(view: MailboxView, response: DataResponse): void {
  const { data, number } = response;
  if (data.kind !== "fetch" || number === undefined) return;
  const slot = response.name === "UIDFETCH" ? view.slotOfUid(number) : view.slotOf(number);
  if (slot === undefined) return;
  const uid = uidOf(data);
  if (uid !== undefined) view.learnUid(slot, uid);
  const flags = flagsIn(data);
  if (flags !== undefined) view.learnFlags(slot, flags);
}

function flagsIn(data: FetchData): readonly string[] | undefined {
  for (const item of data.items) if (item.value.kind === "flags") return item.value.flags;
  return undefined;
}
