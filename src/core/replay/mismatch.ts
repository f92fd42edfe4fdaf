/** Why a command finds no recorded exchange: the nearest one, what differs, and what would make it match. */
import type { Step } from "./script.ts";

export interface Difference {
  readonly field: string;
  /** As people read them; `undefined` where one side lacks the field. */
  readonly asked: string | undefined;
  readonly recorded: string | undefined;
  /** Of sets, items, flags: what was recorded and is not asked, and the other way about. */
  readonly missing?: string;
  readonly surplus?: string;
  /** The rules that would leave out all that differs, where that looks like what is new each time. */
  readonly rules?: readonly string[];
}

export type Because = "differs" | "used" | "order" | "login" | "mailbox" | "unknownCommand";

export interface Mismatch {
  /** The recorded exchange that comes nearest; `undefined` where none has that command. */
  readonly nearest: Step | undefined;
  /** Of the fields of the commands, in their order. */
  readonly differences: readonly Difference[];
  /** Why the nearest does not do although its fields are equal: used up, out of order, logged in or not, another mailbox. */
  readonly because: Because;
  /** The mailbox that the client has selected, as people read it. */
  readonly mailbox: string | undefined;
  /** Where none has that command: the exchange that was to come next. */
  readonly due: Step | undefined;
  /** The exchange of the script behind which it happened. */
  readonly behind: Step | undefined;
}
