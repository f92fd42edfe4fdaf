/**
 * Operational errors: what can go wrong through no bug of ours, in one table. The message says what failed, the hint what
 * to do. docs/errors.md explains each code and is tested against this table. Defects of peers are not errors
 * (core/imap/defect.ts), and bugs of ours are plain exceptions.
 */

/** Process exit codes (documented in docs/errors.md): what a script can tell apart. */
export const EXIT = { ok: 0, mismatch: 1, usage: 2, operational: 3, bug: 70 } as const;

interface ErrorRow {
  readonly message: string;
  readonly hint: string;
  readonly exit: number;
}

/** `{name}` in a text is replaced by the value of that name given to {@link ImapscopeError}. */
export const ERRORS = {
  ERR_ENDPOINT_INVALID: {
    message: "{value} is not an endpoint",
    hint: "Write imaps://host, imaps://host:993 or imap://host:143; a listener may also be socks5://127.0.0.1:1080.",
    exit: EXIT.usage,
  },
  ERR_ROUTE_INVALID: {
    message: "{value} is not a host name to choose an upstream by",
    hint: "Write imap.example.org, '*.example.org' or '*', and for an upstream of another name imap.example.org=imaps://host:993.",
    exit: EXIT.usage,
  },
  ERR_UPSTREAM_MISSING: {
    message: "There is no upstream",
    hint: "Name one (imapscope proxy imap.example.org), or let clients name it: --upstream '*', or --listen socks5://127.0.0.1:1080.",
    exit: EXIT.usage,
  },
  ERR_CONNECT_UNUSED: {
    message: "--connect says where the upstream is dialled, and there is none",
    hint: "Name it (imapscope proxy imap.example.org --connect 192.0.2.7:993), or give each name its address: --upstream imap.example.org=imaps://192.0.2.7.",
    exit: EXIT.usage,
  },
  ERR_FILTER_INVALID: {
    message: "The filter cannot be read:\n{where}",
    hint: "docs/filter.md describes the language, for example: cmd:fetch status:no wait>500ms",
    exit: EXIT.usage,
  },
  ERR_TERMINAL_MISSING: {
    message: "The screen needs a terminal, and {reason}",
    hint: "Run it on a terminal, save to a file what is piped in and view that, or print instead: --lines, --json, --transcript.",
    exit: EXIT.usage,
  },
  ERR_READY_FILE_UNWRITABLE: {
    message: "{path} cannot be written: {reason}",
    hint: "Check that the folder of --ready-file exists and that you may write there.",
    exit: EXIT.operational,
  },
  ERR_TOO_FEW_DESCRIPTORS: {
    message: "imapscope cannot start: this process may not open enough files",
    hint: "Raise the limit, for example: ulimit -n 1024",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_EXISTS: {
    message: "{path} exists already",
    hint: "Choose another name for the capture, or replace the file with --force.",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_UNWRITABLE: {
    message: "{path} cannot be written: {reason}",
    hint: "Check that the folder exists and that you may write there, or record to another place.",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_ENDED: {
    message: "Recording to {path} ended: {reason}",
    hint: "What was written before stays readable. Make room, or record to another place.",
    exit: EXIT.operational,
  },
  ERR_ROTATION_WITHOUT_FOLDER: {
    message: "Captures of a certain size need a folder, and {path} is not one",
    hint: "Name a folder that exists, or one with a slash at its end: --record captures/ --rotate-size 100M",
    exit: EXIT.usage,
  },
  ERR_CAPTURE_UNREADABLE: {
    message: "{path} cannot be read: {reason}",
    hint: "Check the name and that you may read the file.",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_NOT_ONE: {
    message: "{path} is not a capture: {reason}",
    hint: "A capture is a file that imapscope recorded (--record FILE), plain or packed with gzip.",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_TOO_NEW: {
    message: "{path} is a capture of version {version}; this imapscope reads up to version {newest}",
    hint: "Read it with a newer imapscope.",
    exit: EXIT.operational,
  },
  ERR_TEMPORARY_UNWRITABLE: {
    message: "A temporary file in {folder} cannot be written: {reason}",
    hint: "See that there is such a folder with room, or let the environment name another: TMPDIR=/var/tmp. A large capture needs about its own size.",
    exit: EXIT.operational,
  },
  ERR_CASSETTE_MISSING: {
    message: "There is no capture {path} to replay, and none may be recorded here",
    hint: "Record it where the server can be reached (mode 'once'), and keep the file with the tests.",
    exit: EXIT.operational,
  },
  ERR_REPLAY_FAILED: {
    message: "{report}",
    hint: "Where the client is right, record the session anew; docs/replay.md says how commands are matched.",
    exit: EXIT.mismatch,
  },
  ERR_REPORT_UNWRITABLE: {
    message: "{path} cannot be written: {reason}",
    hint: "Check that the folder exists and that you may write there.",
    exit: EXIT.operational,
  },
  ERR_IGNORE_RULE_INVALID: {
    message: "A rule of what not to compare cannot be read: {reason}",
    hint: "docs/replay.md lists the rules, for example: --ignore date --ignore header:X-Mailer",
    exit: EXIT.usage,
  },
  ERR_CAPTURE_TOO_LARGE: {
    message: "{path} is too large to be checked: more than {most} when unpacked",
    hint: "Cut what you want to check out of it first: imapscope slice.",
    exit: EXIT.operational,
  },
  ERR_CAPTURE_NOT_MENDED: {
    message: "{path} was not repaired: there are records that imapscope cannot read, and they would be lost",
    hint: "Mend those that the check names, then try again.",
    exit: EXIT.mismatch,
  },
  ERR_REPAIR_NOWHERE: {
    message: "It is not said where to write what is repaired",
    hint: "Name a new file (imapscope check day.imapcap mended.imapcap --fix), or write over it with --in-place.",
    exit: EXIT.usage,
  },
  ERR_SLICE_EMPTY: {
    message: "Nothing of {path} was wanted, so nothing was written",
    hint: "imapscope view {path} --lines, with the same --filter, shows what there is.",
    exit: EXIT.mismatch,
  },
  ERR_REPLAY_WRITES: {
    message: "The capture has commands that change what is on the server:\n{which}",
    hint: "Nothing was sent. Give --allow-writes to send them all the same, to an account that is there for that; or cut them out with imapscope slice.",
    exit: EXIT.usage,
  },
  ERR_REPLAY_NO_CREDENTIALS: {
    message: "The recorded client logs in, and there are no credentials to do so",
    hint: "Set IMAPSCOPE_USER, and IMAPSCOPE_PASSWORD or IMAPSCOPE_TOKEN, in the environment.",
    exit: EXIT.usage,
  },
  ERR_TIME_INVALID: {
    message: "{value} is no time of a capture whose beginning is not known",
    hint: "Say how long after its beginning: 12.5s, 750ms, 3m.",
    exit: EXIT.usage,
  },
  ERR_CA_MISSING: {
    message: "There is no CA in {dir}",
    hint: "It is made at the first start of imapscope proxy, or by imapscope ca path; --ca-dir DIR names another place.",
    exit: EXIT.operational,
  },
  ERR_CA_UNREADABLE: {
    message: "The CA in {dir} cannot be used: {reason}",
    hint: "Mend that, or remove imapscope-ca.pem and imapscope-ca.key there: a new CA is made, to be trusted anew. --ca-dir DIR chooses another place.",
    exit: EXIT.operational,
  },
  ERR_CA_UNWRITABLE: {
    message: "A CA cannot be made in {dir}: {reason}",
    hint: "Check that you may write there, or choose another place with --ca-dir DIR.",
    exit: EXIT.operational,
  },
  ERR_CA_MISMATCHED: {
    message: "In {dir}, imapscope-ca.key is not the key of imapscope-ca.pem",
    hint: "Put the right pair there, or remove both: a new CA is made, to be trusted anew.",
    exit: EXIT.operational,
  },
  ERR_CA_EXPIRED: {
    message: "The CA in {dir} is not valid today: it is valid from {from} to {to}",
    hint: "Check the clock of this machine, or remove imapscope-ca.pem and imapscope-ca.key there: a new CA is made, to be trusted anew.",
    exit: EXIT.operational,
  },
  ERR_LISTENER_UNAVAILABLE: {
    message: "Cannot listen on {url}: {reason}",
    hint: "Choose another port, for example {example}, or :0 for a free one.",
    exit: EXIT.operational,
  },
  ERR_UPSTREAM_CA_INVALID: {
    message: "The certificates given for the upstream cannot be used: {reason}",
    hint: "--upstream-ca takes a PEM file with one or more certificates.",
    exit: EXIT.usage,
  },
  ERR_CLIENT_CERT_INVALID: {
    message: "The certificate to be shown to the upstream cannot be used: {reason}",
    hint: "--client-cert takes a PEM file with the certificate and those between it and its root; --client-key one with its private key, unless that is in the same file.",
    exit: EXIT.usage,
  },
  ERR_KEY_LOG_UNWRITABLE: {
    message: "The key log {path} cannot be written: {reason}",
    hint: "Check that the folder of --keylog exists, that the file is yours, and that you may write there.",
    exit: EXIT.operational,
  },
  ERR_KEY_LOG_ENDED: {
    message: "The key log {path} ended: {reason}",
    hint: "What was written before stays usable; connections go on. Make room, or log to another place.",
    exit: EXIT.operational,
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** An operational error with a stable code, a hint, and the exit code that the command line ends with. */
export class ImapscopeError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exitCode: number;

  constructor(
    code: ErrorCode,
    values: Readonly<Record<string, string>> = {},
    options: { cause?: unknown } = {},
  ) {
    const row: ErrorRow = ERRORS[code];
    super(fill(row.message, values), options);
    this.name = "ImapscopeError";
    this.code = code;
    this.hint = fill(row.hint, values);
    this.exitCode = row.exit;
  }
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
