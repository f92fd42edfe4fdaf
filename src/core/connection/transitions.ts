/** What the tagged answer to a command does to the state of the connection (RFC 9051 §3, §6). */
import type { Status } from "../imap/response.ts";
import type { ConnectionState } from "./state.ts";

/** What happens to the selected mailbox: nothing, it is closed, or the one that SELECT named is opened. */
export type MailboxEffect = "keep" | "close" | "open";

export interface Transition {
  /** `undefined` where the state stays as it is. */
  readonly to: ConnectionState | undefined;
  readonly mailbox: MailboxEffect;
  /** What was known of the server's capabilities is void, unless this very exchange told them anew (RFC 9051 §6.2). */
  readonly voidsCapabilities: boolean;
  /** ENABLE and NOTIFY are forgotten (RFC 8437 §2). */
  readonly resets: boolean;
}

const STAYS: Transition = { to: undefined, mailbox: "keep", voidsCapabilities: false, resets: false };
const LOGGED_IN: Transition = { ...STAYS, to: "authenticated", voidsCapabilities: true };
const OPENED: Transition = { ...STAYS, to: "selected", mailbox: "open" };
const CLOSED: Transition = { ...STAYS, to: "authenticated", mailbox: "close" };

const ON_OK: ReadonlyMap<string, Transition> = new Map([
  ["LOGIN", LOGGED_IN],
  ["AUTHENTICATE", LOGGED_IN],
  ["SELECT", OPENED],
  ["EXAMINE", OPENED],
  ["CLOSE", CLOSED],
  ["UNSELECT", CLOSED],
  ["LOGOUT", { ...STAYS, to: "logout", mailbox: "close" }],
  ["STARTTLS", { ...STAYS, voidsCapabilities: true }],
  ["UNAUTHENTICATE", { to: "notAuthenticated", mailbox: "close", voidsCapabilities: true, resets: true }],
]);

/** A failed SELECT leaves no mailbox selected (RFC 9051 §6.3.2); BAD never changes anything. */
const ON_NO: ReadonlyMap<string, Transition> = new Map([
  ["SELECT", CLOSED],
  ["EXAMINE", CLOSED],
]);

const GREETINGS: ReadonlyMap<Status, ConnectionState> = new Map([
  ["OK", "notAuthenticated"],
  ["PREAUTH", "authenticated"],
  ["BYE", "logout"],
]);

/** The transition of a completion in a state. What was unknown stays so unless the answer says otherwise. */
export function transitionOf(
  command: string,
  status: Status | undefined,
  state: ConnectionState,
): Transition {
  if (status === "OK") return ON_OK.get(command) ?? STAYS;
  if (status !== "NO") return STAYS;
  const transition = ON_NO.get(command) ?? STAYS;
  return transition.to === "authenticated" && state !== "selected"
    ? { ...transition, to: undefined }
    : transition;
}

/** The state after the greeting; an invalid one leaves the connection unauthenticated (RFC 9051 §7.1). */
export function greetedState(status: Status | undefined): ConnectionState {
  return (status === undefined ? undefined : GREETINGS.get(status)) ?? "notAuthenticated";
}
