/**
 * Citations that lead somewhere. For the RFCs that are cited most the sections are listed here, as the number of children
 * of each section; a citation of one that does not exist fails. Every other citation is held to its form only.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How many sections stand beneath each section that has any; "" is the document. Appendices are not cited. */
const CHILDREN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "5255": { "": 11, "3": 5, "4": 10, "5": 3 },
  "7162": {
    "": 10,
    "3": 2,
    "3.1": 12,
    "3.1.2": 3,
    "3.1.4": 2,
    "3.2": 11,
    "3.2.5": 2,
    "3.2.10": 2,
    "5": 3,
  },
  "9051": {
    "": 13,
    "1": 3,
    "2": 4,
    "2.2": 2,
    "2.3": 6,
    "2.3.1": 2,
    "3": 4,
    "4": 5,
    "4.1": 1,
    "4.3": 1,
    "5": 5,
    "5.1": 2,
    "6": 5,
    "6.1": 3,
    "6.2": 3,
    "6.3": 13,
    "6.3.9": 8,
    "6.4": 9,
    "6.4.4": 4,
    "7": 6,
    "7.1": 5,
    "7.2": 2,
    "7.3": 5,
    "7.4": 1,
    "7.5": 2,
    "11": 7,
    "12": 4,
  },
  "9208": { "": 11, "3": 2, "3.1": 2, "4": 3, "4.1": 4, "4.2": 2, "4.3": 1, "5": 4, "9": 2 },
};

interface Citation {
  readonly path: string;
  readonly rfc: string;
  readonly section: string;
}

function exists({ rfc, section }: Citation): boolean {
  const children = CHILDREN[rfc];
  if (children === undefined) return true;
  const cut = section.lastIndexOf(".");
  const parent = cut < 0 ? "" : section.slice(0, cut);
  const ordinal = Number(section.slice(cut + 1));
  return ordinal >= 1 && ordinal <= (children[parent] ?? 0);
}

const files = ["src", "docs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|md)$/.test(path))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
);

/** `RFC 9051 §2.2, §4.3, RFC 7888` cites three times. */
const citations: readonly Citation[] = files.flatMap((path) =>
  [...readFileSync(join(root, path), "utf8").matchAll(/RFC (\d{3,5})((?:,? §[0-9A-Z.]*[0-9A-Z])*)/g)].flatMap(
    ([, rfc = "", sections = ""]) =>
      [...sections.matchAll(/§([0-9A-Z.]+)/g)].map(([, section = ""]) => ({ path, rfc, section })),
  ),
);

test("cited sections exist", () => {
  assert.ok(citations.length > 100, `only ${citations.length} citations seen`);
  const broken = citations.filter((each) => !exists(each));
  assert.deepEqual(
    broken.map(({ path, rfc, section }) => `${path}: RFC ${rfc} §${section}`),
    [],
  );
});

test("the table of sections answers", () => {
  const known = (rfc: string, section: string): boolean => exists({ path: "", rfc, section });
  assert.equal(known("9051", "7.5.2"), true);
  assert.equal(known("9051", "7.5.3"), false);
  assert.equal(known("9051", "6.3.14"), false);
  assert.equal(known("9051", "14"), false);
  assert.equal(known("7162", "3.2.11"), true);
});

test("RFCs are cited in one form: RFC nnnn §x.y", () => {
  const broken = files.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const wrong = text.match(/RFC\d{3,5}|RFC \d+,? (?:section|sec\.|Section)|RFC \d+ § |§ \d/g) ?? [];
    return wrong.map((citation) => `${path}: ${citation}`);
  });
  assert.deepEqual(broken, []);
});
