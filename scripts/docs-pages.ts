/** The pages of docs/ that are made from tables in the code, so that they cannot disagree with it. */
import { readFileSync } from "node:fs";
import { DEFECTS, type DefectKind, type DefectRow } from "../src/core/imap/defect-table.ts";
import { ERRORS, EXIT } from "../src/errors.ts";
import { ACTIONS, type ActionRow, GROUPS, type Place } from "../src/tui/model/action.ts";
import { EDITOR_KEYS } from "../src/tui/model/line-editor.ts";
import { PROMPT_KEYS } from "../src/tui/model/prompt.ts";
import { keyName } from "../src/tui/view/help.ts";

const MADE = "<!-- Made from the table in the code by `npm run docs`; edit the table, not this page. -->";

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "Everything went well.",
  mismatch: "It ran, and the answer is no: what was compared or asserted does not hold.",
  usage: "The command line is wrong; nothing was started.",
  operational: "Something outside imapscope failed: a port, a file, a certificate, an upstream server.",
  bug: "imapscope itself is at fault. Please report it, with the message.",
};

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  exchanges: "the table",
  details: "the details",
  connections: "connections",
  session: "session",
  help: "help",
  explanation: "explanation",
};

interface ErrorText {
  readonly message: string;
  readonly hint: string;
  readonly exit: number;
}

/** Every made page by its path from the root of the repository. */
export function madePages(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/errors.md", errorsPage()],
    ["docs/defects.md", defectsPage()],
    ["docs/keys.md", keysPage()],
    ...["README.md", "docs/tui.md", "docs/replay-languages.md"].map(
      (path) => [path, withPieces(path)] as const,
    ),
  ]);
}

function errorsPage(): string {
  const rows: [string, ErrorText][] = Object.entries(ERRORS);
  rows.sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    "# Errors and exit codes",
    "",
    MADE,
    "",
    "An error of imapscope has a stable code, says in one sentence what failed, and gives a hint what to do about it. Its",
    "class in the library is `ImapscopeError`, with `code`, `hint` and `exitCode`. What a *peer* does wrong on the wire is",
    "never an error but a [defect](defects.md): it is shown, and the connection goes on.",
    "",
    "## Exit codes",
    "",
    "| code | name | meaning |",
    "|---:|---|---|",
    ...entriesOf(EXIT).map(([name, code]) => `| ${code} | ${name} | ${EXIT_WORDS[name]} |`),
    "",
    "A listener that fails to start ends the command; a connection that fails does not: its client is told with `* BYE`,",
    "the user with one message, and every other connection goes on.",
    "",
    "## Codes",
    "",
    "Words in braces stand for what the message names when it is shown.",
    ...rows.flatMap(([code, row]) => [
      "",
      `### ${code}`,
      "",
      `> ${row.message}`,
      "",
      `${row.hint}`,
      "",
      `Exit code ${row.exit}.`,
    ]),
    "",
  ].join("\n");
}

function defectsPage(): string {
  const rows: [DefectKind, DefectRow][] = entriesOf(DEFECTS);
  return [
    "# Defects",
    "",
    MADE,
    "",
    "A defect is octets or behaviour of a peer that break the RFCs and can be decided from the dialogue alone. It never",
    "stops anything: imapscope relays what came, recovers, and tells. Each has a stable kind (for filters:",
    "`defect:tag-reused`), the rule that is broken, and a certainty: `certain`, or `likely` where an attribution or a view",
    "that may be incomplete went into the judgement.",
    ...defectTable("Of clients", rows, "client"),
    ...defectTable("Of servers", rows, "server"),
    "",
  ].join("\n");
}

function defectTable(title: string, rows: [DefectKind, DefectRow][], by: DefectRow["by"]): string[] {
  return [
    "",
    `## ${title}`,
    "",
    "| kind | rule | what it is |",
    "|---|---|---|",
    ...rows
      .filter(([, row]) => row.by === by)
      .map(([kind, row]) => `| \`${kind}\` | ${row.rfc} | ${row.words.replaceAll("|", "\\|")} |`),
  ];
}

function keysPage(): string {
  const actions: readonly ActionRow[] = ACTIONS;
  const everywhere = Object.keys(PLACE_WORDS).length;
  return [
    "# Keys of the screen",
    "",
    MADE,
    "",
    "What the [screen](tui.md) does at which key; `?` shows the same there. The mouse wheel moves, and a click goes to a row.",
    ...GROUPS.flatMap((group) => [
      "",
      `## ${group}`,
      "",
      "| key | what it does | where |",
      "|---|---|---|",
      ...actions
        .filter((action) => action.group === group)
        .map(({ keys, help, places }) => {
          const where = places.map((place) => PLACE_WORDS[place]).join(", ");
          return `| ${keysText(keys)} | ${help} | ${places.length === everywhere ? "everywhere" : where} |`;
        }),
    ]),
    "",
    "## At a prompt",
    "",
    "Where something is typed: a filter, a tag, a time, a comment, the name of a file.",
    "",
    "| key | what it does |",
    "|---|---|",
    ...[...PROMPT_KEYS, ...EDITOR_KEYS].map(({ keys, words }) => `| ${keysText(keys)} | ${words} |`),
    "",
  ].join("\n");
}

const SCREEN = /(<!-- screen: ([\w-]+) -->\n\n```\n)[\s\S]*?(?=```)/g;
const FILE = /(<!-- file: (\S+) -->\n\n```\w+\n)[\s\S]*?(?=```)/g;

/** A page that is written by hand, with the screens on it as tests hold them, and the files as tests run them. */
function withPieces(path: string): string {
  return read(path)
    .replace(SCREEN, (_, head, name) => head + read(`test/tui/golden/${name}.screen`))
    .replace(FILE, (_, head, file) => head + read(file));
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

function keysText(keys: readonly string[]): string {
  return keys.map((key) => `\`${keyName(key).replaceAll("|", "\\|")}\``).join(" ");
}

/** `Object.entries` that keeps the type of the keys of a table. */
function entriesOf<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][];
}
