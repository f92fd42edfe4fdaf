/** The numbers of each mailbox that may only grow while UIDVALIDITY stays (RFC 9051 §2.3.1.1, RFC 7162 §3.1). */

/** Mailboxes that are remembered of one connection. */
const REMEMBERED = 1000;

export type GrowingNumber = "UIDNEXT" | "HIGHESTMODSEQ";

interface Numbers {
  uidValidity: string | undefined;
  readonly values: Map<GrowingNumber, string>;
}

/** A number that became smaller; `sure` where UIDVALIDITY was given along and is the same. */
export interface Shrunk {
  readonly name: GrowingNumber;
  readonly before: string;
  readonly sure: boolean;
}

export interface MailboxMemory {
  /** Writes a number down and says whether it is smaller than the last one of that mailbox. */
  readonly tell: (
    mailbox: string,
    uidValidity: string | undefined,
    name: GrowingNumber,
    value: string,
  ) => Shrunk | undefined;
  readonly save: () => SavedMailboxMemory;
}

export type SavedMailboxMemory = readonly (readonly [
  mailbox: string,
  uidValidity: string | undefined,
  values: readonly (readonly [GrowingNumber, string])[],
])[];

export function createMailboxMemory(saved: SavedMailboxMemory = []): MailboxMemory {
  return new NumbersByMailbox(saved);
}

class NumbersByMailbox implements MailboxMemory {
  /** Made with the first that is told. */
  private mailboxes: Map<string, Numbers> | undefined = undefined;

  constructor(saved: SavedMailboxMemory) {
    for (const [mailbox, uidValidity, values] of saved) {
      this.mailboxes ??= new Map();
      this.mailboxes.set(mailbox, { uidValidity, values: new Map(values) });
    }
  }

  private numbersOf(mailbox: string): Numbers | undefined {
    this.mailboxes ??= new Map();
    const known = this.mailboxes.get(mailbox);
    if (known !== undefined || this.mailboxes.size >= REMEMBERED) return known;
    const numbers: Numbers = { uidValidity: undefined, values: new Map() };
    this.mailboxes.set(mailbox, numbers);
    return numbers;
  }

  tell(
    mailbox: string,
    uidValidity: string | undefined,
    name: GrowingNumber,
    value: string,
  ): Shrunk | undefined {
    const numbers = this.numbersOf(mailbox);
    if (numbers === undefined) return undefined;
    const changed = uidValidity !== undefined && numbers.uidValidity !== uidValidity;
    if (changed) {
      numbers.uidValidity = uidValidity;
      numbers.values.clear();
    }
    const before = numbers.values.get(name);
    numbers.values.set(name, value);
    if (before === undefined || !isLess(value, before)) return undefined;
    return { name, before, sure: uidValidity !== undefined };
  }

  save(): SavedMailboxMemory {
    return [...(this.mailboxes ?? [])].map(([mailbox, { uidValidity, values }]) => [
      mailbox,
      uidValidity,
      [...values],
    ]);
  }
}

/** Compares decimal numbers of any size. */
export function isLess(a: string, b: string): boolean {
  const left = a.replace(/^0+(?=\d)/, "");
  const right = b.replace(/^0+(?=\d)/, "");
  return left.length === right.length ? left < right : left.length < right.length;
}
