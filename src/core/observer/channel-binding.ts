/**
 * Logins that fail because of channel binding. It ties a login to the TLS connection in which it takes place (RFC 5802 §6), and
 * behind imapscope the client and the server are in two. So this failure is the interceptor's doing, which neither side
 * can know: a user who is not told looks for a wrong password.
 */
import { latin1, NO_OCTETS } from "../base/octets.ts";
import type { Capabilities } from "../connection/capabilities.ts";
import type { ConnectionModel } from "../connection/connection-model.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { Frame } from "../imap/frame.ts";
import { channelBindingOf } from "../imap/gs2-header.ts";

/** Notes what a client's frame says of channel binding: the command with its initial response, or a line behind it. */
export function noteBinding(exchange: OpenExchange, role: "command" | "sasl", frame: Frame): void {
  const { detail } = exchange.command;
  if (detail.kind !== "authenticate" || exchange.binding !== undefined) return;
  if (role === "command" && !detail.initialResponse) return;
  const line = latin1(frame.lines[0] ?? NO_OCTETS).trimEnd();
  exchange.binding = channelBindingOf(line.slice(line.lastIndexOf(" ") + 1));
}

/** Mechanisms that get through an interceptor, the best first. */
const WITHOUT_BINDING = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"];

/** What to tell of a login that was refused; nothing where channel binding is not to blame, or only might be. */
export function bindingNotice(exchange: OpenExchange, model: ConnectionModel): string | undefined {
  const { commandName, command, binding, status } = exchange;
  if (commandName !== "AUTHENTICATE" || command.detail.kind !== "authenticate") return undefined;
  // Where the client's TLS does not end at imapscope, channel binding may work.
  if (status === undefined || status === "OK" || model.tls("client") !== true) return undefined;
  const { capabilities } = model;
  const { mechanism } = command.detail;
  const plus = offeredWith(capabilities);
  if (binding === "required" || mechanism.endsWith("-PLUS")) {
    const why =
      plus === undefined && capabilities.current() !== undefined
        ? "The server does not offer that, and through imapscope, where this connection ends, it could not work either."
        : "That ends at imapscope, so the server must refuse it, whatever the password: this failure is imapscope's doing.";
    return `${mechanism} binds the login to the client's TLS connection (channel binding). ${why} ${remedy(capabilities)}`;
  }
  const offered = binding === "unoffered" ? plus : undefined;
  return offered === undefined
    ? undefined
    : `The client says that it could bind the login to TLS (channel binding) but saw no offer of it, while the server offers ${offered}: that looks like tampering, and a server must refuse it, whatever the password (RFC 5802 §6). ${remedy(capabilities)}`;
}

function offeredWith(capabilities: Capabilities): string | undefined {
  for (const name of capabilities.current() ?? [])
    if (/^AUTH=SCRAM-.*-PLUS$/.test(name)) return name.slice("AUTH=".length);
  return undefined;
}

function remedy(capabilities: Capabilities): string {
  const works = WITHOUT_BINDING.find((name) => capabilities.offers(`AUTH=${name}`) === true);
  if (works?.startsWith("SCRAM-") === true) {
    return `Switch channel binding off in the client: ${works} works without it.`;
  }
  if (works !== undefined) return `Let the client log in with ${works}.`;
  if (capabilities.offers("LOGINDISABLED") === false) return "Let the client log in with the command LOGIN.";
  return "Switch channel binding off in the client, or let it log in with a mechanism without -PLUS.";
}
