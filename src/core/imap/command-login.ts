/** LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3). Their secrets are masked before they come here. */
import { MASK } from "../base/mask.ts";
import { upperCase } from "./ascii-case.ts";
import type { CommandDetail } from "./command.ts";
import {
  type Arguments,
  invalid,
  nextToken,
  takeAstring,
  takeAtomText,
  takeToken,
} from "./command-arguments.ts";

/**
 * `LOGIN userid password`. Where the user name is malformed the masker makes one mask of it and the password: then
 * neither is known, and none is missing.
 */
export function parseLogin(args: Arguments): CommandDetail {
  const first = nextToken(args);
  if (args.tokens.length === 1 && first?.kind === "atom" && first.text === MASK) {
    args.at++;
    return { kind: "login", user: undefined };
  }
  const user = takeAstring(args, "a user name");
  takeToken(args, "a password");
  return { kind: "login", user };
}

/** `AUTHENTICATE mechanism [initial-response]` (RFC 4959 §3). */
export function parseAuthenticate(args: Arguments): CommandDetail {
  const mechanism = takeAtomText(args, "a SASL mechanism") ?? "";
  const initial = nextToken(args);
  if (initial !== undefined) {
    args.at++;
    if (initial.kind !== "atom" && initial.kind !== "nil")
      invalid(args, initial, "an initial response in Base64");
  }
  return { kind: "authenticate", mechanism: upperCase(mechanism), initialResponse: initial !== undefined };
}
