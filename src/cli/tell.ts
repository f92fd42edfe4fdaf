/** Messages for the person at the terminal: on stderr, since stdout carries data. */
import { styleText } from "node:util";
import { safe } from "../core/text/safe.ts";
import { ImapscopeError } from "../errors.ts";
import type { Notice } from "../net/notice.ts";

type Style = Parameters<typeof styleText>[0];

/** Whether a stream takes colours: a terminal, and nobody said no (https://no-color.org). */
export function takesColour(stream: { readonly isTTY?: boolean }): boolean {
  if (process.env["NO_COLOR"] !== undefined && process.env["NO_COLOR"] !== "") return false;
  if (process.env["FORCE_COLOR"] !== undefined && process.env["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && process.env["TERM"] !== "dumb";
}

/** Says a line on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${safe(text)}\n`);
}

const LEVELS = {
  info: { mark: "", style: "reset" },
  warning: { mark: "warning: ", style: "yellow" },
  error: { mark: "error: ", style: "red" },
} as const satisfies Record<Notice["level"], { mark: string; style: Style }>;

/** Says a notice of the proxy. */
export function tellNotice({ level, text, connection }: Notice): void {
  const { mark, style } = LEVELS[level];
  const about = connection === undefined ? "" : `connection ${connection}: `;
  process.stderr.write(`imapscope: ${paint(style, mark)}${safe(about + text)}\n`);
}

/** Says that something was recorded, and what to mind about it. */
export function tellRecorded(what: string, keepSecrets: boolean): void {
  const secrets = keepSecrets
    ? "It holds credentials and the mail"
    : "It holds no credentials, but it does hold the mail";
  tell(`imapscope: recorded ${what}. ${secrets}: mind whom you give it to.`);
}

/** Says what failed and what to do; a bug of ours with its stack, since somebody has to mend it. */
export function tellError(error: unknown): void {
  if (error instanceof ImapscopeError) {
    const [first = "", ...more] = error.message.split("\n").map((line) => safe(line));
    const lines = [`imapscope: ${paint("red", "error: ")}${first} (${error.code})`, ...more, error.hint];
    process.stderr.write(`${lines.join("\n  ")}\n`);
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`imapscope: ${paint("red", "a bug of imapscope: ")}${stack}\n`);
}

function paint(style: Style, text: string): string {
  return text !== "" && takesColour(process.stderr)
    ? styleText(style, text, { validateStream: false })
    : text;
}
