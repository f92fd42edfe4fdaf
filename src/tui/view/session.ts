/** The state of a connection at one moment: the four states, what the server can do, the selected mailbox, its messages. */
import type { ConnectionSnapshot, MailboxSnapshot } from "../../core/connection/snapshot.ts";
import { cellWidth } from "../../core/text/cells.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { hiddenWord } from "../details/hide.ts";
import type { SessionState } from "../model/state.ts";
import { type Line, type Span, span } from "./style.ts";

const LABEL_COLUMNS = 18;

export interface SessionOptions {
  readonly columns: number;
  readonly when: string;
  readonly hidden: boolean;
}

export function sessionLines(session: SessionState | undefined, options: SessionOptions): readonly Line[] {
  if (session === undefined) return [];
  const { snapshot } = session;
  const title: Line = [
    span(`Connection #${session.connection}`, "heading"),
    span(` as it was known at ${options.when.trim()}`, "faint"),
  ];
  if (session.loading) return [title, [], [span("reading back …", "faint")]];
  if (snapshot === undefined) return [title, [], [span("nothing is known of it", "faint")]];
  return [
    title,
    [],
    ...connectionLines(snapshot, options),
    [],
    ...(snapshot.mailbox === undefined
      ? [[span("No mailbox is selected.", "faint")]]
      : mailboxLines(snapshot.mailbox, options)),
    ...messageLines(session, options),
  ];
}

function connectionLines(snapshot: ConnectionSnapshot, { columns, hidden }: SessionOptions): readonly Line[] {
  const { state, tls, compressed, capabilities, enabled, user, notify, midway } = snapshot;
  return [
    ...field("state", [stateLine(state)], columns),
    ...(midway ? field("joined", [[span("midway: what came before was not seen")]], columns) : []),
    ...field("user", words([user === undefined ? "not told" : hidden ? "hidden" : user]), columns),
    ...field("TLS", words([`client leg ${yesNo(tls.client)}, server leg ${yesNo(tls.server)}`]), columns),
    ...field(
      "compressed",
      words([`client ${yesNo(compressed.client)}, server ${yesNo(compressed.server)}`]),
      columns,
    ),
    ...field(
      "capabilities",
      capabilities ? names(capabilities, hidden) : words(["not known to hold now"]),
      columns,
    ),
    ...field("enabled", enabled.length === 0 ? words(["nothing"]) : names(enabled, hidden), columns),
    ...(notify ? field("NOTIFY", words(["set: the server tells of other mailboxes too"]), columns) : []),
  ];
}

const STATES = ["notAuthenticated", "authenticated", "selected", "logout"] as const;

/** All four, the present one standing out (RFC 9051 §3). */
function stateLine(state: ConnectionSnapshot["state"]): Line {
  const line: Span[] = STATES.flatMap((name, i) => [
    ...(i === 0 ? [] : [span(">", "faint")]),
    name === state ? span(`[${name}]`, "ok") : span(name, "faint"),
  ]);
  return state === "unknown" ? [...line, span("  [unknown]", "no")] : line;
}

function mailboxLines(mailbox: MailboxSnapshot, { columns, hidden }: SessionOptions): readonly Line[] {
  const { name, readOnly, exists, recent, uidValidity, uidNext, highestModSeq, mailboxId } = mailbox;
  const { flags, permanentFlags } = mailbox;
  const known = (value: string | number | undefined): Line[] =>
    words([value === undefined ? "not told" : typeof value === "number" ? groupDigits(value) : value]);
  const shown = name === undefined ? "not known" : hidden ? "hidden" : name;
  return [
    ...field("mailbox", [[span(shown, "heading"), span(readOnly ? "  read-only" : "", "no")]], columns),
    ...field("EXISTS", known(exists), columns),
    ...(recent === undefined ? [] : field("RECENT", known(recent), columns)),
    ...field("UIDVALIDITY", known(uidValidity), columns),
    ...field("UIDNEXT", known(uidNext), columns),
    ...(highestModSeq === undefined ? [] : field("HIGHESTMODSEQ", known(highestModSeq), columns)),
    ...(mailboxId === undefined ? [] : field("MAILBOXID", names([mailboxId], hidden), columns)),
    ...field("flags", flags ? names(flags, hidden) : words(["not told"]), columns),
    ...field(
      "PERMANENTFLAGS",
      permanentFlags ? names(permanentFlags, hidden) : words(["not told: all may be kept"]),
      columns,
    ),
    ...field("UIDs known", known(mailbox.knownUids), columns),
  ];
}

function messageLines({ messages }: SessionState, { hidden }: SessionOptions): readonly Line[] {
  if (messages.length === 0) return [];
  return [
    [],
    [span("Messages whose flags were seen", "heading")],
    [span(`${"number".padStart(8)}  ${"UID".padStart(10)}  flags`, "faint")],
    ...messages.map(({ number, uid, flags }): Line => {
      const where = `${groupDigits(number).padStart(8)}  ${(uid ?? "?").padStart(10)}  `;
      const shown = hidden ? flags.map(hiddenWord) : flags;
      return [span(where), span(flags.length === 0 ? "(none)" : shown.join(" "), "accent")];
    }),
  ];
}

/** Words as one line, to be wrapped. */
function words(all: readonly string[]): Line[] {
  return [all.map((word) => span(word))];
}

/** Words of a peer, which may be its own. */
function names(all: readonly string[], hidden: boolean): Line[] {
  return words(hidden ? all.map(hiddenWord) : all);
}

/** A name with what it stands for, wrapped to the columns; pieces are never split. */
function field(name: string, lines: readonly Line[], columns: number): readonly Line[] {
  const wrapped: Line[] = [];
  for (const line of lines) {
    let current: Span[] = [];
    let used = 0;
    for (const piece of line) {
      const width = cellWidth(piece.text) + 1;
      if (used > 0 && used + width > columns - LABEL_COLUMNS) {
        wrapped.push(current);
        current = [];
        used = 0;
      }
      current.push(piece, span(" "));
      used += width;
    }
    wrapped.push(current);
  }
  return wrapped.map((line, i) => [
    span((i === 0 ? name : "").padEnd(LABEL_COLUMNS - 1).concat(" "), "faint"),
    ...line,
  ]);
}

function yesNo(value: boolean | undefined): string {
  return value === undefined ? "not seen" : value ? "yes" : "no";
}
