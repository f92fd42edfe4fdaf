/** Which mailbox each connection had selected at which time, for whoever looks at what was before. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import { glance } from "../../core/text/cells.ts";

export interface Selections {
  /** Takes what is selected from a time on, in the order of times; `undefined` where nothing is. */
  readonly add: (connection: ConnectionId, atMicros: Micros, mailbox: string | undefined) => void;
  /** What was selected at a time, or last before it. */
  readonly at: (connection: ConnectionId, atMicros: Micros) => Selection | undefined;
}

export interface Selection {
  /** Safe, and cut as rows show it. */
  readonly mailbox: string;
  /** Whether it still was selected then. */
  readonly stands: boolean;
}

interface Course {
  /** Since when each was selected, ascending. */
  readonly since: number[];
  readonly mailboxes: (string | undefined)[];
}

const NAME_COLUMNS = 60;
/** Names that are kept once however often they are selected; clients use few, and a peer cannot make them many. */
const NAMES_KNOWN = 1024;

export function createSelections(): Selections {
  const courses = new Map<ConnectionId, Course>();
  const known = new Map<string, string>();

  function nameOf(mailbox: string): string {
    const name = glance(mailbox, NAME_COLUMNS);
    if (known.size >= NAMES_KNOWN) known.clear();
    const kept = known.get(name);
    if (kept === undefined) known.set(name, name);
    return kept ?? name;
  }

  return {
    add: (connection, atMicros, mailbox) => {
      const course = courses.get(connection) ?? { since: [], mailboxes: [] };
      courses.set(connection, course);
      const name = mailbox === undefined ? undefined : nameOf(mailbox);
      if (course.mailboxes.at(-1) === name) return;
      course.since.push(atMicros);
      course.mailboxes.push(name);
    },
    at: (connection, atMicros) => {
      const course = courses.get(connection);
      if (course === undefined) return undefined;
      let low = 0;
      let high = course.since.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((course.since[middle] ?? 0) <= atMicros) low = middle + 1;
        else high = middle;
      }
      const mailbox = course.mailboxes[low - 1];
      if (mailbox !== undefined) return { mailbox, stands: true };
      // Where nothing is selected, something else was before: what does not change is not kept.
      const before = course.mailboxes[low - 2];
      return before === undefined ? undefined : { mailbox: before, stands: false };
    },
  };
}
