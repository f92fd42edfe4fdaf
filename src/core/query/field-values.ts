/** The values that a field may have: those of the tables, and those that were seen. */
import type { ConnectionId } from "../base/leg.ts";
import type { ConnectionState } from "../connection/state.ts";
import { DEFECTS } from "../imap/defect-table.ts";
import type { NoticeCode } from "../observation.ts";
import { EXCHANGE_ENDS } from "../text/exchange.ts";
import { COMMANDS } from "../vocabulary/commands.ts";
import { RESPONSE_CODES } from "../vocabulary/response-codes.ts";
import type { TextFieldName } from "./field-table.ts";
import type { Kind } from "./filter.ts";

/** What was seen so far, the most useful first. */
export interface Seen {
  readonly connections: readonly ConnectionId[];
  readonly mailboxes: readonly string[];
  readonly users: readonly string[];
  readonly tags: readonly string[];
}

export const NOTHING_SEEN: Seen = { connections: [], mailboxes: [], users: [], tags: [] };

export interface FieldValue {
  readonly text: string;
  readonly words: string;
}

/** What clients mostly send; the others follow in the order of the vocabulary. */
const COMMON = new Map(
  [
    "FETCH",
    "UID FETCH",
    "SELECT",
    "IDLE",
    "LOGIN",
    "AUTHENTICATE",
    "UID SEARCH",
    "UID STORE",
    "APPEND",
    "LIST",
    "STATUS",
    "SEARCH",
    "STORE",
    "UID MOVE",
    "UID COPY",
    "NOOP",
  ].map((name, i) => [name, i]),
);

const COMMAND_VALUES = COMMANDS.map(({ name, words }) => ({ text: name, words })).sort(
  (a, b) => (COMMON.get(a.text) ?? COMMON.size) - (COMMON.get(b.text) ?? COMMON.size),
);

const STATUS_VALUES: readonly FieldValue[] = [
  { text: "NO", words: "the server could not do it" },
  { text: "BAD", words: "the server did not understand it" },
  { text: "OK", words: "the server did it" },
  ...Object.values(EXCHANGE_ENDS).map(({ label, words }) => ({ text: label, words })),
  { text: "PREAUTH", words: "the connection began authenticated" },
];

const STATE_VALUES: Readonly<Record<ConnectionState, FieldValue>> = {
  selected: { text: "selected", words: "a mailbox is open" },
  authenticated: { text: "authenticated", words: "logged in, no mailbox is open" },
  notAuthenticated: { text: "not-authenticated", words: "not logged in yet" },
  logout: { text: "logout", words: "the connection is ending" },
  unknown: { text: "unknown", words: "the connection was joined midway" },
};

/** An exchange that has only begun is of the kind of those that are over. */
const KIND_MEANINGS: Readonly<Record<Exclude<Kind, "exchangeStarted">, string>> = {
  exchange: "a command with all that answers it",
  push: "sent by the server of its own accord",
  defect: "a peer broke a rule",
  state: "the state of the connection changed",
  connection: "a connection began or ended",
  tls: "TLS began or failed",
  notice: "imapscope has to say something",
  request: "what the client sent, piece by piece",
  response: "what the server sent, piece by piece",
};

/** The kinds of rows, with what each is. */
export const KIND_VALUES: readonly FieldValue[] = Object.entries(KIND_MEANINGS).map(([text, words]) => ({
  text,
  words,
}));

/** `alert` is left out: the code ALERT finds both. */
const NOTICE_MEANINGS: Readonly<Record<Exclude<NoticeCode, "alert">, string>> = {
  starttls: "notice: TLS begins that cannot be read",
  compress: "notice: compressed octets that cannot be read",
  saslSecurityLayer: "notice: a SASL security layer begins",
  midway: "notice: the recording begins in the middle",
  failed: "notice: the analysis failed",
  omitted: "notice: the capture holds no octets here",
  passedThrough: "notice: a connection that is not read",
  behind: "notice: imapscope could not keep up",
  byImapscope: "notice: imapscope itself spoke",
  notRelayed: "notice: octets were not relayed",
  channelBinding: "notice: channel binding made a login fail",
};

const CODE_VALUES: readonly FieldValue[] = [
  ...RESPONSE_CODES.map(({ name, words }) => ({ text: name, words })),
  ...Object.entries(NOTICE_MEANINGS).map(([text, words]) => ({ text, words })),
];

const seen = (texts: readonly string[], words: string): readonly FieldValue[] =>
  texts.map((text) => ({ text, words }));

/** The values of each field, the most useful first; what may be anything has none. */
export const FIELD_VALUES: Readonly<Record<TextFieldName, (seen: Seen) => readonly FieldValue[]>> = {
  cmd: () => COMMAND_VALUES,
  status: () => STATUS_VALUES,
  code: () => CODE_VALUES,
  mailbox: ({ mailboxes }) => seen(mailboxes, "mailbox"),
  tag: ({ tags }) => seen(tags, "tag"),
  user: ({ users }) => seen(users, "user"),
  kind: () => KIND_VALUES,
  defect: () => Object.entries(DEFECTS).map(([text, { words }]) => ({ text, words })),
  state: () => Object.values(STATE_VALUES),
  text: () => [],
};
