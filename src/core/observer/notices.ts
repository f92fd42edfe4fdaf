/** What the user is told when a connection can no longer be analysed. */
import type { Sender } from "../base/leg.ts";
import type { OpaqueReason } from "../dialogue/event.ts";
import type { OwnShare } from "../imap/frame.ts";
import type { OmittedReason } from "../wire/event.ts";

export const OPAQUE_TEXTS: Readonly<Record<OpaqueReason, string>> = {
  starttls: "TLS begins here and is passed through; what follows cannot be read.",
  compress: "Compressed octets that are not inflated begin here; what follows of this sender cannot be read.",
  saslSecurityLayer: "A SASL security layer begins here; what follows cannot be read.",
  midway: "The recording begins in the middle of the connection, and no line start was found.",
  failed: "imapscope failed to analyse this connection; it is relayed on, but no longer understood.",
  passedThrough: "This connection is passed through: its octets are relayed unread, and only counted.",
  omitted: "The capture holds no octets from here on, only their count.",
};

/** The notice for each reason why octets were left out. */
export const OMITTED_NOTICES: Readonly<
  Record<
    OmittedReason,
    { readonly code: "omitted" | "compress" | "behind" | "passedThrough"; readonly text: string }
  >
> = {
  opaque: { code: "omitted", text: OPAQUE_TEXTS.omitted },
  passedThrough: { code: "passedThrough", text: OPAQUE_TEXTS.passedThrough },
  compressed: { code: "compress", text: OPAQUE_TEXTS.compress },
  behind: {
    code: "behind",
    text: "The recorder could not keep up, and octets are missing; what follows is not analysed.",
  },
};

const OWN_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["CAPABILITY", "for its capabilities (CAPABILITY)"],
  ["STARTTLS", "for TLS (STARTTLS)"],
]);

/** What imapscope said to a server before the client was let in; names of commands in upper case. */
export function ownTalk(commands: readonly string[]): string {
  const asked = commands.map((name) => OWN_COMMANDS.get(name) ?? `to do ${name}`).join(" and ");
  const said = commands.length === 0 ? "spoke to the server" : `asked the server ${asked}`;
  return `imapscope itself ${said} first; those octets are no part of the client's dialogue.`;
}

export function notRelayed(from: Sender): string {
  return `Octets of the ${from} were received but not relayed.`;
}

const OWN_SHARES: Readonly<Record<OwnShare["did"], (text: string, from: Sender) => string>> = {
  said: (text, from) => `imapscope itself said in the name of the ${from}: ${text}`,
  putIn: (text, from) => `imapscope itself put "${text}" into what the ${from} said.`,
  tookOut: (text, from) => `imapscope itself took "${text}" out of what the ${from} said.`,
};

/** What of a frame is imapscope's doing; not safe to print as it is. */
export function ownShare({ did, text }: OwnShare, from: Sender): string {
  return OWN_SHARES[did](text, from);
}
