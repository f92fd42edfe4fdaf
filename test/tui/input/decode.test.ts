import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createInputDecoder, PASTE_CHARACTERS } from "../../../src/tui/input/decode.ts";
import type { Input } from "../../../src/tui/terminal-types.ts";

/** Short: keys by their names, pastes as `paste:…`, the mouse as `click@x,y`. */
function words(inputs: readonly Input[]): string[] {
  return inputs.map((input) => {
    if (input.kind === "key") return input.name;
    return input.kind === "paste" ? `paste:${input.text}` : `${input.kind}@${input.x},${input.y}`;
  });
}

function decoded(...chunks: readonly (string | Uint8Array)[]): string[] {
  const decoder = createInputDecoder();
  return words([
    ...chunks.flatMap((chunk) => decoder.write(Buffer.from(chunk as string))),
    ...decoder.flush(),
  ]);
}

const ROWS: readonly (readonly [octets: string, words: readonly string[]])[] = [
  ["jk", ["j", "k"]],
  ["\r", ["enter"]],
  ["\n", ["enter"]],
  ["\r\n", ["enter"]],
  ["\r\r", ["enter", "enter"]],
  ["\n\n", ["enter", "enter"]],
  ["\r\nx\n", ["enter", "x", "enter"]],
  ["日😀ё", ["日", "😀", "ё"]],
  ["\x1b", ["escape"]],
  ["\x1b\x1b", ["escape", "escape"]],
  ["\x1b\x1b[A", ["escape", "up"]],
  ["\x1bx", ["M-x"]],
  ["\x1b😀", ["M-😀"]],
  ["\x1b\r", ["M-enter"]],
  ["\x1b\x7f", ["M-backspace"]],
  ["\x1b[", ["M-["]],
  ["\x1bO", ["M-O"]],
  ["\x1b]", ["M-]"]],
  ["\x1b[A\x1b[B\x1bOC\x1bOD", ["up", "down", "right", "left"]],
  ["\x1b[1;5A\x1b[1;3B\x1b[1;2C", ["C-up", "M-down", "S-right"]],
  ["\x1bOP\x1b[15~\x1b[[A\x1b[[E", ["f1", "f5", "f1", "f5"]],
  ["\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[5~\x1b[6~", ["home", "end", "home", "end", "pageup", "pagedown"]],
  ["\x1bOM\x1bOp\x1bOk", ["enter", "0", "+"]],
  ["\x1b[<0;11;6M\x1b[<0;11;6m\x1b[<65;1;1M", ["click@10,5", "wheelDown@0,0"]],
  // Terminals without SGR.
  ["\x1b[M +&\x1b[M#+&j", ["click@10,5", "j"]],
  ["\x1b[I\x1b[Oj", ["j"]],
  ["\x1b[?1;2cj", ["j"]],
  ["\x1b]11;rgb:0000/0000/0000\x07j", ["j"]],
  ["\x1bP1$r0m\x1b\\j", ["j"]],
  ["\x1b[97;5u", ["C-a"]],
  // None that there is: nothing of it becomes a key.
  ["\x1b[12 3Aj", ["j"]],
  ["\x1b[1;5", []],
  ["\x1b]0;never ends", []],
  ["\x1b[200~dd\rq:w\x1b[201~j", ["paste:dd\nq:w", "j"]],
  ["\x1b[200~\x1b[201~j", ["paste:", "j"]],
  ["\x1b[200~a\r\nb\rc\x07\x1b[A\x9b\td\x1b[201~", ["paste:a\nb\nc[A\td"]],
  ["\x1b[201~j", ["j"]],
  ["\r\x1b[200~a\x1b[201~\n", ["enter", "paste:a", "enter"]],
];

for (const [octets, expected] of ROWS) {
  test(`${JSON.stringify(octets)} is ${JSON.stringify(expected.join(" ")) || "nothing"}`, () => {
    assert.deepEqual(decoded(octets), expected);
  });
}

test("any chunking gives the same", () => {
  const pieces = ROWS.map(([octets]) => octets).filter(
    (octets) => !/\x1b[[\]O]?$|1;5$|never ends$/.test(octets),
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(8), { minLength: 1 }),
      (chosen, cuts) => {
        const octets = Buffer.from(chosen.join(""));
        const chunks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < octets.length; i++) {
          const length = (cuts[i % cuts.length] ?? 0) + 1;
          chunks.push(octets.subarray(at, at + length));
          at += length;
        }
        assert.deepEqual(decoded(...chunks), decoded(octets));
      },
    ),
    { numRuns: 300 },
  );
});

test("no octets make it throw, or keep it from reading on", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), (chunks) => {
      const decoder = createInputDecoder();
      for (const chunk of chunks) decoder.write(chunk);
      decoder.flush();
      decoder.write(Buffer.from("\x1b"));
      decoder.flush();
      decoder.flush();
      assert.equal(
        words(decoder.write(Buffer.from("\x1b[201~j")))
          .at(-1)
          ?.endsWith("j"),
        true,
      );
    }),
    { numRuns: 500 },
  );
});

test("Escape waits for what may follow, and is a key when nothing does", () => {
  const decoder = createInputDecoder();
  assert.deepEqual(decoder.write(Buffer.from("\x1b")), []);
  assert.equal(decoder.pending(), "sequence");
  assert.deepEqual(words(decoder.flush()), ["escape"]);
  assert.equal(decoder.pending(), undefined);
});

test("a paste without an end is given as far as it came, and what follows it is still none but Escape alone", () => {
  const decoder = createInputDecoder();
  assert.deepEqual(decoder.write(Buffer.from("\x1b[200~one")), []);
  assert.equal(decoder.pending(), "paste");
  assert.deepEqual(words(decoder.flush()), ["paste:one"]);
  assert.equal(decoder.pending(), undefined);
  assert.deepEqual(words(decoder.write(Buffer.from("q\r"))), []);
  assert.deepEqual(words(decoder.flush()), ["paste:q\n"]);
  decoder.write(Buffer.from("\x1b"));
  assert.deepEqual(words(decoder.flush()), ["escape"]);
  assert.deepEqual(words(decoder.write(Buffer.from("q"))), ["q"]);
});

test("a long paste is cut, and read to its end", () => {
  const decoder = createInputDecoder();
  const inputs = [
    ...decoder.write(Buffer.from(`\x1b[200~${"x".repeat(PASTE_CHARACTERS)}`)),
    ...decoder.write(Buffer.from("y".repeat(1_000_000))),
    ...decoder.write(Buffer.from("\x1b[201~j")),
  ];
  assert.deepEqual(
    inputs.map((input) => (input.kind === "paste" ? input.text.length : words([input])[0])),
    [PASTE_CHARACTERS, "j"],
  );
});

test("a reply that never ends is given up", () => {
  const decoder = createInputDecoder();
  decoder.write(Buffer.from("\x1b]52;c;"));
  for (let i = 0; i < 5; i++) decoder.write(Buffer.from("A".repeat(1000)));
  assert.deepEqual(words(decoder.write(Buffer.from("j"))), ["j"]);
});
