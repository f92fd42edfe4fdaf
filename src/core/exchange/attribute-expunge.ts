/** To which command the end of a message belongs: EXPUNGE and VANISHED (RFC 9051 §7.5.1, RFC 7162 §3.2.10). */
import type { DataResponse, UidSet } from "../imap/response.ts";
import { messageByNumber } from "./message-set.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { oneOf, type Verdict } from "./verdict.ts";

/** Commands that remove messages. CLOSE removes silently. */
const REMOVING = ["EXPUNGE", "UID EXPUNGE", "MOVE", "UID MOVE", "REPLACE", "UID REPLACE"];

/** Another client may have removed it, so it is never certain. */
export function attributeExpunge(response: DataResponse, surroundings: Surroundings): Verdict {
  const message = messageByNumber(response.number, undefined, surroundings.numbers);
  const removing = surroundings.open
    .named(REMOVING)
    .filter((exchange) => exchange.messages?.membership(message) !== "no");
  return oneOf(removing, "likely");
}

export function attributeVanished(
  data: { readonly earlier: boolean; readonly uids: UidSet },
  surroundings: Surroundings,
): Verdict {
  if (data.earlier) {
    const resyncing = surroundings.open.named(["UID FETCH", "SELECT", "EXAMINE"]).filter(asksForVanished);
    return oneOf(resyncing, "certain");
  }
  const [only] = data.uids;
  const single = data.uids.length === 1 && only !== undefined && only.from === only.to && only.from !== "*";
  const message = messageByNumber(undefined, single ? Number(only.from) : undefined, surroundings.numbers);
  const removing = surroundings.open
    .named(REMOVING)
    .filter((exchange) => exchange.messages?.membership(message) !== "no");
  return oneOf(removing, "likely");
}

/** UID FETCH with VANISHED, SELECT with QRESYNC (RFC 7162 §3.2.5, §3.2.6). */
function asksForVanished(exchange: OpenExchange): boolean {
  const { detail } = exchange.command;
  if (detail.kind === "fetch") return detail.modifiers.some((modifier) => modifier.startsWith("VANISHED"));
  return detail.kind === "mailbox" && detail.parameters.some((name) => name.startsWith("QRESYNC"));
}
