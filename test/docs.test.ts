/** Documentation that cannot rot: pages made from tables are current, links lead somewhere, and words are explained. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { madePages } from "../scripts/docs-pages.ts";
import { ERRORS } from "../src/errors.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The user's and the developer's pages, from the root of the repository. */
const PAGES = ["", "docs", "certs", "demo"]
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`)),
  )
  .filter((path) => path.endsWith(".md"));

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

test("the pages that are made from tables are current, and screens on pages those that tests hold (else: npm run docs)", () => {
  for (const [path, page] of madePages())
    assert.equal(read(path), page, `${path} is stale: run npm run docs`);
});

test("errors and docs/errors.md name the same codes", () => {
  const documented = [...read("docs/errors.md").matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
  assert.deepEqual(documented, Object.keys(ERRORS).sort());
});

test("every error says what failed and what to do, in words", () => {
  for (const [code, row] of Object.entries<{ message: string; hint: string }>(ERRORS)) {
    assert.match(code, /^ERR_[A-Z0-9_]+$/);
    assert.doesNotMatch(
      row.message,
      /[.!]$/,
      `${code}: a message has no full stop, because a hint or a cause follows it`,
    );
    assert.match(row.hint, /^\S.*\S$/, `${code}: a hint is one line`);
  }
});

test("no page names an error that does not exist", () => {
  for (const path of PAGES) {
    // Codes of Node and its TLS library begin alike; they stand in backquotes as `code` values of error records only.
    const named = [...read(path).matchAll(/^### (ERR_\w+)|\[(ERR_\w+)\]\(/gm)].map(
      (match) => match[1] ?? match[2] ?? "",
    );
    assert.deepEqual(
      named.filter((code) => !Object.hasOwn(ERRORS, code)),
      [],
      path,
    );
  }
});

test("links between pages lead somewhere", () => {
  const broken = PAGES.flatMap((path) =>
    [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] ?? "")
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), target)))
      .map((target) => `${path} links to ${target}`),
  );
  assert.deepEqual(broken, []);
});

test("every test that ARCHITECTURE.md trusts in exists", () => {
  const page = read("ARCHITECTURE.md");
  const named = [...page.matchAll(/`((?:test|src)\/[\w./-]+\.(?:ts|json))`/g)].map((match) => match[1] ?? "");
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
  const invariants = page.split("\n").filter((line) => /^\| \d+ \|/.test(line));
  assert.equal(invariants.length, 14);
  assert.deepEqual(
    invariants.filter((line) => !line.includes("`test/")),
    [],
    "an invariant without its test",
  );
});

test("short pages stay short", () => {
  for (const [path, lines] of [
    ["ARCHITECTURE.md", 150],
    ["CONTRIBUTING.md", 100],
  ] as const) {
    assert.ok(read(path).split("\n").length - 1 <= lines, `${path} has over ${lines} lines`);
  }
});

test("the glossary explains our words, in order", () => {
  const terms = read("docs/glossary.md")
    .split("\n")
    .filter((line) => line.startsWith("| **"))
    .map((line) => (line.match(/^\| \*\*([^*]+)\*\*/)?.[1] ?? "").toLowerCase());
  assert.deepEqual(terms, [...terms].sort());
  const ours = [
    "attribution",
    "capture",
    "connection",
    "defect",
    "exchange",
    "finding",
    "frame",
    "lane",
    "leg",
    "note",
    "observation",
    "phase",
    "push",
    "row",
    "screen",
    "spool",
    "state",
    "switch",
  ];
  assert.deepEqual(
    ours.filter((word) => !terms.includes(word)),
    [],
  );
});
