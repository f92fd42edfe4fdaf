/** Credentials in clear text, and logins against the server's word (RFC 9051 §6.2.3, §11.1). */
import { defect } from "../imap/defect.ts";
import type { CommandScene, Rule } from "./rule.ts";

/** Mechanisms that give whoever listens all that is needed to log in (RFC 4616 §1, RFC 7628 §3.1). */
const CLEAR_MECHANISMS: ReadonlySet<string> = new Set([
  "PLAIN",
  "LOGIN",
  "PLAIN-CLIENTTOKEN",
  "XOAUTH2",
  "OAUTHBEARER",
  "OAUTH10A",
]);

/**
 * In clear on the whole way. Where only the client leg is plain, its credentials went no further than imapscope, which was
 * asked to listen so.
 */
const cleartext: Rule<CommandScene> = ({ command: { detail }, model }) => {
  if (model.tls("client") !== false || model.tls("server") === true) return undefined;
  if (detail.kind === "login") return defect("cleartext-credentials", "LOGIN without TLS");
  return detail.kind === "authenticate" && CLEAR_MECHANISMS.has(detail.mechanism)
    ? defect("cleartext-credentials", `AUTHENTICATE ${detail.mechanism} without TLS`)
    : undefined;
};

const loginDisabled: Rule<CommandScene> = ({ command, model }) =>
  command.name === "LOGIN" && model.capabilities.offers("LOGINDISABLED") === true
    ? defect("login-disabled", "the server advertises LOGINDISABLED")
    : undefined;

export const CREDENTIAL_RULES: readonly Rule<CommandScene>[] = [cleartext, loginDisabled];
