/** docs/filter.md cannot rot: its examples are read, its fields and values are those that there are. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { complete } from "../src/core/query/complete.ts";
import { FIELD_NAMES } from "../src/core/query/field-guide.ts";
import { ALIASES } from "../src/core/query/field-table.ts";
import { FIELD_VALUES, NOTHING_SEEN } from "../src/core/query/field-values.ts";
import { formatFilterError, parseFilter } from "../src/core/query/parse.ts";
import { KIND_WORDS } from "../src/core/query/term.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = read("docs/filter.md");

/** What stands in backquotes in a text. */
function quoted(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}

/** The rows of the table under a heading, by cell. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const rows = section.split(/^## /m)[0]?.split("\n") ?? [];
  return rows
    .filter((line) => line.startsWith("| ") && line.includes("`"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

test("every filter on a command line of the pages can be read", () => {
  const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)];
  const filters = pages
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...read(path).matchAll(/--filter (?:'([^']+)'|"([^"]+)")/g)].map(
        (match) => match[1] ?? match[2] ?? "",
      ),
    );
  assert.ok(filters.length >= 3, `only ${filters.length} found`);
  assert.deepEqual(
    filters.filter((filter) => parseFilter(filter).filter === undefined),
    [],
  );
});

test("every filter within the text can be read", () => {
  const filters = quoted(page).filter((code) => /^(not )?[a-z]+(:|[<>=]+)[^\s`]/.test(code));
  const shapes = filters.filter((code) => code.startsWith("field"));
  const examples = filters.filter((code) => !code.startsWith("field"));
  assert.deepEqual([...new Set(shapes)].sort(), ["field:number", "field:value", "field>number"]);
  assert.ok(examples.length >= 10, `only ${examples.length} found`);
  assert.deepEqual(
    examples.filter((filter) => parseFilter(filter).filter === undefined),
    [],
  );
});

test("the table of the fields has them all, and the values of those that have few", () => {
  const rows = rowsUnder("Fields");
  const fields = rows.flatMap(([, names = ""]) => quoted(names));
  assert.deepEqual([...fields].sort(), [...FIELD_NAMES, ...ALIASES.keys()].sort());
  for (const field of ["status", "state", "kind"] as const) {
    const [, , , values = ""] = rows.find(([, name]) => name === `\`${field}\``) ?? [];
    const known = FIELD_VALUES[field](NOTHING_SEEN).map(({ text }) => text);
    assert.deepEqual([...quoted(values)].sort(), [...known].sort(), field);
  }
});

test("the table of the terms has all kinds that are a word", () => {
  const row = rowsUnder("Terms").find(([, term]) => term === "`push`");
  assert.deepEqual(quoted(row?.[2] ?? ""), [...KIND_WORDS.keys()]);
});

test("the error that is shown is the one that is given", () => {
  const [, source = "", pointer = ""] = /^ {4}(.*)\n {4}( *\^ .*)$/m.exec(page) ?? [];
  const { error } = parseFilter(source);
  assert.equal(error && formatFilterError(source, error), `${source}\n${pointer}`);
});

test("a bare word offers the term that the page says", () => {
  assert.ok(complete("fet", 3, NOTHING_SEEN).some(({ insert }) => insert === "cmd:FETCH"));
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
