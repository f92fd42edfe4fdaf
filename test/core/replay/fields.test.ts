import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { COMMANDS } from "../../../src/core/vocabulary/commands.ts";
import { areSame, asked } from "../../requests.ts";

test("every command of the vocabulary is the same in small letters, and no other command", () => {
  for (const { name } of COMMANDS) {
    assert.ok(areSame(`${name} a b`, `${name.toLowerCase()} a b`), name);
    assert.equal(asked(`${name} a b`).fields[0]?.value, name);
  }
  for (const { name } of COMMANDS) assert.ok(name === "NOOP" || !areSame(name, "NOOP"), name);
});

/** A string that may be written in all three ways. */
const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => text !== "nil");
const writing = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `"${text}"`,
  (text) => `{${text.length}}\r\n${text}`,
  (text) => `{${text.length}+}\r\n${text}`,
);

test("a string means the same as an atom, quoted and as a literal, in every command that takes strings", () => {
  const templates = [
    "SELECT @",
    "COPY 1 @",
    "STATUS @ (UNSEEN)",
    "LIST @ @",
    "RENAME @ @",
    "SETACL @ @ lr",
    "SEARCH FROM @ SUBJECT @",
    "SEARCH NOT HEADER @ @",
    "GETMETADATA @ (/a)",
    "APPEND @ {1}\r\nx",
    "LOGIN @ secret",
    "ID (@ @)",
    "XUNKNOWN @ (@)",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...templates),
      fc.array(word, { minLength: 2, maxLength: 2 }),
      fc.array(writing, { minLength: 4, maxLength: 4 }),
      (template, words, writings) => {
        const write = (from: number) => {
          let at = 0;
          return template.replace(/@/g, () => {
            const written = writings[from + at]?.(words[at] ?? "") ?? "";
            at++;
            return written;
          });
        };
        assert.ok(areSame(write(0), write(2)), `${write(0)} is ${write(2)}`);
      },
    ),
  );
});

test("lists whose order says nothing mean the same in any order and case", () => {
  const items = ["FLAGS", "UID", "ENVELOPE", "BODY.PEEK[HEADER.FIELDS (A B)]", "RFC822.SIZE"];
  const keys = ["UNSEEN", "FROM x", "NOT DELETED", "OR SEEN DRAFT", "LARGER 5"];
  const flags = ["\\Seen", "\\Deleted", "$Junk", "foo"];
  const capitals = fc.boolean();
  fc.assert(
    fc.property(
      fc.constantFrom(
        ["FETCH 1 (", items, ")"] as const,
        ["SEARCH ", keys, ""] as const,
        ["STORE 1 FLAGS (", flags, ")"] as const,
      ),
      fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }),
      capitals,
      ([before, list, after], order, small) => {
        const sorted = list.toSorted((a, b) => (order[list.indexOf(a)] ?? 0) - (order[list.indexOf(b)] ?? 0));
        const other = `${before}${sorted.join(" ")}${after}`;
        assert.ok(areSame(`${before}${list.join(" ")}${after}`, small ? other.toLowerCase() : other));
        assert.ok(
          !areSame(`${before}${list.join(" ")}${after}`, `${before}${list.slice(1).join(" ")}${after}`),
        );
      },
    ),
  );
});
