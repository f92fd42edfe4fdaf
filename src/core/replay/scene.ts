/** Where a client of a replay stands (RFC 9051 §3), and whether a recorded exchange has its place there. */
import type { Status } from "../imap/response.ts";
import { commandEntry } from "../vocabulary/vocabulary.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";

export interface Scene {
  readonly authenticated: boolean;
  /** The selected mailbox, as people read it. */
  readonly mailbox: string | undefined;
}

export const LOGINS: ReadonlySet<string> = new Set(["LOGIN", "AUTHENTICATE"]);
export const SELECTS: ReadonlySet<string> = new Set(["SELECT", "EXAMINE"]);
const UNSELECTS: ReadonlySet<string> = new Set(["CLOSE", "UNSELECT"]);

/** Where the client stands once a command was answered so. */
export function sceneAfter(
  scene: Scene,
  { command }: Pick<Request, "command">,
  status: Status | undefined,
): Scene {
  const { name, detail } = command;
  const ok = status === "OK";
  // A SELECT that fails leaves no mailbox selected (RFC 9051 §6.3.2).
  if (SELECTS.has(name)) {
    return { ...scene, mailbox: ok && detail.kind === "mailbox" ? detail.mailbox.name : undefined };
  }
  if (!ok) return scene;
  if (UNSELECTS.has(name)) return { ...scene, mailbox: undefined };
  if (LOGINS.has(name)) return { ...scene, authenticated: true };
  if (name === "UNAUTHENTICATE") return { authenticated: false, mailbox: undefined };
  return scene;
}

/** Whether an exchange was recorded where this client stands, as far as its command depends on that. */
export function fits(step: Step, scene: Scene): boolean {
  if (step.state === "unknown") return true;
  if (isLoggedIn(step) !== scene.authenticated) return false;
  return !dependsOnMailbox(step.command) || step.mailbox === scene.mailbox;
}

/** Whether a command is about the selected mailbox. */
export function dependsOnMailbox(name: string): boolean {
  const states = commandEntry(name)?.states;
  return states?.length === 1 && states[0] === "selected";
}

export function isLoggedIn({ state }: Step): boolean {
  return state === "authenticated" || state === "selected";
}
