/** What a FETCH or UIDFETCH response is about, found once for all who ask: attribution, rules, and the view of the mailbox. */
import type { FetchData, Response } from "../imap/response.ts";
import { type ItemShape, shapeOf } from "./item-shape.ts";
import { type MessageNumbers, type MessageReference, messageByNumber } from "./message-set.ts";

export interface Fetched {
  /** By the view of now. */
  readonly message: MessageReference;
  readonly shape: ItemShape;
  /** The UID and the flags that the response itself gives as items. */
  readonly uid: number | undefined;
  readonly flags: readonly string[] | undefined;
}

/** `undefined` for any other response. */
export function fetchedOf(response: Response, numbers: MessageNumbers): Fetched | undefined {
  if (response.kind !== "data" || response.data.kind !== "fetch") return undefined;
  const { name, number, data } = response;
  const uid = uidOf(data);
  const message =
    name === "UIDFETCH" ? messageByNumber(undefined, number, numbers) : messageByNumber(number, uid, numbers);
  return { message, shape: shapeOf(data.items), uid, flags: flagsOf(data) };
}

function uidOf({ items }: FetchData): number | undefined {
  for (const { name, value } of items) {
    if (name === "UID" && value.kind === "number") return Number(value.value);
  }
  return undefined;
}

function flagsOf({ items }: FetchData): readonly string[] | undefined {
  for (const { value } of items) if (value.kind === "flags") return value.flags;
  return undefined;
}

/** By what an exchange remembers a message: its slot, or its UID where there are no message sequence numbers. */
export function deliveryKey(message: MessageReference): number | undefined {
  return message.slot ?? message.uid;
}
