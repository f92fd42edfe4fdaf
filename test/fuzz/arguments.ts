/** The command line target: any words in any order end with a documented exit code and a message, never with a stack. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { EXIT } from "../../src/errors.ts";
import type { Target } from "./target.ts";

export const PROGRAM = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const CAPTURE = fileURLToPath(new URL("../captures/v1.imapcap", import.meta.url));
const LONGEST_MS = 20_000;

const COMMANDS = [
  ["proxy", "imap://127.0.0.1:1"],
  ["proxy"],
  ["view", CAPTURE],
  ["view"],
  ["demo"],
  ["ca", "path"],
  ["ca"],
  [],
];
const OPTIONS = [
  ...["--listen", "--connect", "--upstream-ca", "--name", "--ca-dir", "--record", "--ready-file", "--filter"],
  ...["--insecure", "--plain-upstream", "--offer-starttls", "--force", "--record-complete", "--keep-secrets"],
  ...[
    "--lines",
    "--json",
    "--transcript",
    "--verbose",
    "--follow",
    "--help",
    "--version",
    "--nonsense",
    "-x",
    "--",
  ],
];
/** Without a slash at the beginning, and on this machine only. */
const VALUES = [
  ...[
    "imap://127.0.0.1:0",
    "imaps://127.0.0.1:0",
    "imaps://[::1]:0",
    "imap://127.0.0.1:99999",
    "imap://",
    "http://x",
    ":0",
  ],
  ...[
    "cmd:fetch",
    "status:no or (",
    "wait>1s",
    "wait>",
    '"',
    "not not",
    "a.imapcap",
    "a.imapcap/b",
    "",
    " ",
    "-",
    "=",
    "%",
  ],
  ...[
    "imaps://user:pa55word@127.0.0.1:1",
    "imap://127.0.0.1:1/path?x#y",
    "imap://почта.example:1",
    "\u001b[31m",
    "x".repeat(5000),
  ],
];
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...OPTIONS) },
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => text.replace(/[/\0.]/g, "")) },
);
const line = fc
  .tuple(fc.constantFrom(...COMMANDS), fc.array(word, { maxLength: 5 }))
  .map(([command, words]) => [...command, ...words]);

const DOCUMENTED: ReadonlySet<number | null> = new Set([
  EXIT.ok,
  EXIT.mismatch,
  EXIT.usage,
  EXIT.operational,
]);
const folder = mkdtempSync(join(tmpdir(), "imapscope-fuzz-"));

/** A command that goes on (a proxy that listens, a view that follows) is ended as a person would end it. */
export async function endsWell(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, IMAPSCOPE_CA_DIR: join(folder, "ca") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  let asked = false;
  /** Once: the second time it would not end in order any more. */
  const end = (): void => {
    if (!asked) child.kill("SIGINT");
    asked = true;
  };
  const interrupt = setTimeout(end, 3000);
  const kill = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (/listening on/.test(stderr)) end();
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("close", (exit, by) => resolve([exit, by]));
  });
  clearTimeout(interrupt);
  clearTimeout(kill);
  // On a busy machine the signal comes before the program has got as far as to take it, even behind its message.
  const interrupted = signal === "SIGINT" && !/listening on/.test(stderr);
  assert.ok(interrupted || DOCUMENTED.has(code), `ended with ${code ?? signal}: ${stderr}`);
  assert.doesNotMatch(stderr, /^\s+at .*:\d+/m, "a stack trace");
  assert.ok(!stderr.includes("\u001b[31m"), "a control sequence of the command line is shown as it is");
}

export const argumentTargets: readonly Target[] = [
  {
    name: "arguments",
    property: fc.asyncProperty(line, endsWell),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  },
];
