/** One part of what a command means, made so that it is compared, explained and shown by the same code for all commands. */
import type { LiteralPrint } from "./literal-print.ts";

export interface Field {
  /** `command`, `mailbox`, `set`, `items`, `flags`, `message 1`. */
  readonly name: string;
  /** Canonical: two commands that mean the same have the same value here. Octets as ISO-8859-1, mailboxes decoded. */
  readonly value: string;
  /** As people read it, where that is not the value. */
  readonly shown?: string;
  /** What it is made of, where the order does not matter: items, flags, keys. */
  readonly members?: readonly string[];
  /** The literal that it is, for a message. */
  readonly print?: LiteralPrint;
}
