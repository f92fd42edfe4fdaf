import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RFC_SECTIONS } from "./rfc-sections.ts";

const ROOT = join(import.meta.dirname, "..");
/** Citations are read over the ends of comment lines. */
function flowing(text: string): string {
  return text.replace(/\n\s*(?:\*|\/\/)\s+/g, " ");
}

const CITATION = /RFC (\d+)((?:,? (?:and |to )?§[0-9A-Z]+(?:\.[0-9]+)*)+)/g;

function textFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return /\.(ts|md|json)$/.test(path) ? [path] : [];
  return readdirSync(path).flatMap((name) => textFiles(join(path, name)));
}

interface Citation {
  readonly rfc: number;
  readonly section: string;
}

function citations(text: string): Citation[] {
  return [...text.matchAll(CITATION)].flatMap(([, rfc, sections]) =>
    [...(sections ?? "").matchAll(/§([0-9A-Z.]*[0-9A-Z])/g)].map(([, section]) => ({
      rfc: Number(rfc),
      section: section ?? "",
    })),
  );
}

test("every cited section of an RFC exists", () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const place of ["src", "docs", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]) {
    for (const file of textFiles(join(ROOT, place))) {
      for (const { rfc, section } of citations(flowing(readFileSync(file, "utf8")))) {
        seen++;
        if (RFC_SECTIONS.get(rfc)?.has(section) !== true) {
          wrong.push(`${file.slice(ROOT.length + 1)}: RFC ${rfc} §${section}`);
        }
      }
    }
  }
  assert.ok(seen > 100, "the search for citations finds hardly any");
  assert.deepEqual(wrong, []);
});

test("a section sign stands behind an RFC number or another section", () => {
  const loose: string[] = [];
  for (const file of textFiles(join(ROOT, "src"))) {
    const rest = flowing(readFileSync(file, "utf8")).replaceAll(CITATION, "").replaceAll("RFC nnnn §x.y", "");
    for (const [line] of rest.matchAll(/.*§.*/g))
      loose.push(`${file.slice(ROOT.length + 1)}: ${line.trim()}`);
  }
  assert.deepEqual(loose, []);
});

test("citations are read as they are written", () => {
  assert.deepEqual(citations("(RFC 9051 §2.2.1, §6.2.2, RFC 2177) and RFC 9051 §7."), [
    { rfc: 9051, section: "2.2.1" },
    { rfc: 9051, section: "6.2.2" },
    { rfc: 9051, section: "7" },
  ]);
  assert.equal(RFC_SECTIONS.get(9051)?.has("99"), false);
});
