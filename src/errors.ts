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
    hint: "Write imaps://host, imaps://host:993 or imap://host:143.",
    exit: EXIT.usage,
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** An operational error with a stable code, a hint, and the exit code that the command line ends with. */
export class ImapscopeError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exitCode: number;

  constructor(code: ErrorCode, values: Readonly<Record<string, string>> = {}, options: { cause?: unknown } = {}) {
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
