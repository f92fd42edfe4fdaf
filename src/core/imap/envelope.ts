/**
 * ENVELOPE (RFC 9051 §7.5.2).
 *
 *     envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
 *                env-in-reply-to SP env-message-id ")"
 *     address  = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
 */
import type { Lexer } from "./lexer.ts";
import type { Address, Envelope } from "./message-data.ts";
import type { Token } from "./token.ts";
import { blameToken, listItems, nstring } from "./token-value.ts";

const NO_ADDRESSES: readonly Address[] = [];

/** Reads an envelope off its token; NIL, which servers send for an attached message, is an empty one. */
export function envelopeOf(lexer: Lexer, token: Token | undefined): Envelope {
  const items = listItems(lexer, token, "The envelope");
  if (items.length > 0 && items.length < 10) {
    blameToken(lexer, "response-data-missing", `The envelope has ${items.length} fields, not 10.`, token);
  } else if (items.length > 10) {
    blameToken(lexer, "response-data-surplus", `The envelope has ${items.length} fields, not 10.`, token);
  }
  return {
    date: field(lexer, items[0], "The date"),
    subject: field(lexer, items[1], "The subject"),
    from: addresses(lexer, items[2]),
    sender: addresses(lexer, items[3]),
    replyTo: addresses(lexer, items[4]),
    to: addresses(lexer, items[5]),
    cc: addresses(lexer, items[6]),
    bcc: addresses(lexer, items[7]),
    inReplyTo: field(lexer, items[8], "In-Reply-To"),
    messageId: field(lexer, items[9], "Message-ID"),
  };
}

/** `"(" 1*address ")" / nil`: the addresses stand without a space between them. */
function addresses(lexer: Lexer, token: Token | undefined): readonly Address[] {
  if (token === undefined || token.kind === "nil") return NO_ADDRESSES;
  if (token.kind !== "list") {
    blameToken(lexer, "address-invalid", "A string stands where a list of addresses belongs.", token);
    return token.text === "" ? NO_ADDRESSES : [addressOf(lexer, [token])];
  }
  const { items } = token;
  if (items.length === 0) {
    blameToken(lexer, "address-invalid", "A list of addresses is empty and not NIL.", token);
    return NO_ADDRESSES;
  }
  if (items.length === 4 && items.every((item) => item.kind !== "list")) {
    blameToken(lexer, "address-invalid", "An address stands without its list.", token);
    return [addressOf(lexer, items)];
  }
  const found: Address[] = [];
  let end = items[0]?.start;
  for (const item of items) {
    if (item.start !== end) {
      blameToken(lexer, "address-invalid", "A space stands between two addresses.", item);
    }
    end = item.end;
    if (item.kind === "list") found.push(addressOf(lexer, item.items, item));
    else if (item.kind === "nil")
      blameToken(lexer, "address-invalid", "NIL stands among the addresses.", item);
    else {
      blameToken(lexer, "address-invalid", "A string stands among the addresses.", item);
      found.push(addressOf(lexer, [item]));
    }
  }
  return found;
}

function addressOf(lexer: Lexer, items: readonly Token[], list?: Token): Address {
  if (list !== undefined && items.length !== 4) {
    blameToken(lexer, "address-invalid", `An address has ${items.length} fields, not 4.`, list);
  }
  return {
    name: addressField(lexer, items[0]),
    route: addressField(lexer, items[1]),
    mailbox: addressField(lexer, items[2]),
    host: addressField(lexer, items[3]),
  };
}

/** A field; that one is missing was reported once for all of them. */
function field(lexer: Lexer, token: Token | undefined, what: string): string | null {
  return token === undefined ? null : nstring(lexer, token, what);
}

function addressField(lexer: Lexer, token: Token | undefined): string | null {
  return token === undefined ? null : nstring(lexer, token, "A field of an address", "address-invalid");
}

/** Whether a token can be an envelope: a list with the fields of one, or NIL. */
export function mayBeEnvelope(token: Token | undefined): boolean {
  return token?.kind === "nil" || (token?.kind === "list" && token.items.length >= 8);
}
