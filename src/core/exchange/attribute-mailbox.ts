/** To which command data about mailboxes belong: LIST, STATUS, METADATA, MYRIGHTS (RFC 9051 §7.3, RFC 5819, RFC 5464). */
import type { Mailbox, MailboxListing, ResponseData } from "../imap/response.ts";
import { listAsksFor, listAsksForListing, sameMailbox } from "./mailbox-pattern.ts";
import type { OpenExchange } from "./open-exchange.ts";
import { isRev2, type Surroundings } from "./surroundings.ts";
import { likely, oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

type DataOf<Kind extends ResponseData["kind"]> = Extract<ResponseData, { kind: Kind }>;

const LISTS = ["LIST", "RLIST"];
/** SELECT is answered with LIST in IMAP4rev2 (RFC 9051 §6.3.2); the others where the server gives another name. */
const NAMING = ["SELECT", "EXAMINE", "CREATE", "RENAME", "SUBSCRIBE"];

export function attributeList(listing: MailboxListing, surroundings: Surroundings): Verdict {
  const { open, notify } = surroundings;
  const lists = open.named(LISTS);
  const naming = open.named(NAMING).filter((exchange) => namesMailbox(exchange, listing));
  const matching = lists.filter((exchange) => listAsksForListing(exchange.command, listing));
  if (lists.length === 0) return oneOf(naming, "likely");
  if (lists.length === 1 && !notify && (naming.length === 0 || !isRev2(surroundings))) {
    return oneOf(lists, naming.length === 0 ? "certain" : "likely");
  }
  if (matching.length > 0 || notify) return oneOf([...matching, ...naming], "likely");
  return oneOf([...lists, ...naming], "likely");
}

function namesMailbox(exchange: OpenExchange, listing: MailboxListing): boolean {
  const { detail } = exchange.command;
  if (detail.kind !== "mailbox") return false;
  if (listing.extended.has("OLDNAME")) return true;
  return (
    sameMailbox(detail.mailbox, listing.mailbox) ||
    (detail.target !== undefined && sameMailbox(detail.target, listing.mailbox))
  );
}

/** STATUS is also an answer to LIST with RETURN (STATUS …) (RFC 5819 §2) and to NOTIFY SET STATUS (RFC 5465 §4). */
export function attributeStatus(data: DataOf<"status">, surroundings: Surroundings): Verdict {
  const { open, notify } = surroundings;
  const asked = open.named(["STATUS"]).filter((exchange) => {
    const { detail } = exchange.command;
    return detail.kind === "status" && sameMailbox(detail.mailbox, data.mailbox);
  });
  const exact = asked.filter((exchange) => asksStatusOf(exchange, data.items));
  const listed = returning("STATUS", data.mailbox, surroundings);
  const candidates = inOrder(exact.length > 0 ? exact : asked, listed);
  if (candidates.length === 0) {
    const [indicator] = open.named(["NOTIFY"]).filter(({ command: { detail } }) => {
      return detail.kind === "notify" && detail.statusIndicator;
    });
    return indicator === undefined ? UNSOLICITED : likely(indicator);
  }
  const sure = !notify && (listed.length > 0 || exact.length > 0);
  return oneOf(candidates, sure ? "certain" : "likely");
}

function asksStatusOf({ command: { detail } }: OpenExchange, items: ReadonlyMap<string, string>): boolean {
  return detail.kind === "status" && [...items.keys()].every((item) => detail.items.includes(item));
}

/** With values it is an answer; bare names of entries are news (RFC 5464 §4.4). */
export function attributeMetadata(data: DataOf<"metadata">, surroundings: Surroundings): Verdict {
  if (data.entries.length > 0 && data.entries.every((entry) => entry.value === undefined)) return UNSOLICITED;
  const asked = surroundings.open.named(["GETMETADATA"]).filter(({ command: { detail } }) => {
    return detail.kind !== "mailbox" || sameMailbox(detail.mailbox, data.mailbox);
  });
  const named = asked.filter((exchange) => data.entries.every(({ name }) => asksForEntry(exchange, name)));
  const listed = returning("METADATA", data.mailbox, surroundings);
  return oneOf(inOrder(named.length > 0 ? named : asked, listed), "certain");
}

/** Entries are compared without case, and those below one may have been asked for as well (RFC 5464 §3.1, §4.2.2). */
function asksForEntry({ command }: OpenExchange, entry: string): boolean {
  const name = entry.toLowerCase();
  return command.arguments.some((argument) => {
    const texts = argument.kind === "list" ? argument.items : [argument];
    return texts.some((token) => {
      const text = "text" in token ? token.text.toLowerCase() : "";
      return text.startsWith("/") && (name === text || name.startsWith(`${text}/`));
    });
  });
}

export function attributeMyRights(data: DataOf<"myRights">, surroundings: Surroundings): Verdict {
  const asked = surroundings.open.named(["MYRIGHTS"]).filter(({ command: { detail } }) => {
    return detail.kind !== "mailbox" || sameMailbox(detail.mailbox, data.mailbox);
  });
  return oneOf(inOrder(asked, returning("MYRIGHTS", data.mailbox, surroundings)), "certain");
}

/** The LIST commands that asked for this data of this mailbox in their RETURN option. */
function returning(option: string, mailbox: Mailbox, surroundings: Surroundings): readonly OpenExchange[] {
  return surroundings.open.named(["LIST"]).filter(({ command }) => {
    const { detail } = command;
    return (
      detail.kind === "list" &&
      detail.returns.some((name) => name === option || name.startsWith(`${option} `)) &&
      listAsksFor(command, mailbox, null)
    );
  });
}

function inOrder(a: readonly OpenExchange[], b: readonly OpenExchange[]): readonly OpenExchange[] {
  return [...a, ...b].sort((one, other) => one.ordinal - other.ordinal);
}
