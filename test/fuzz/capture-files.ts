/** The capture target: files that were cut, edited, joined or damaged; a reader says so, and throws only what is documented. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { utf8 } from "../../src/core/base/octets.ts";
import { observationsOf } from "../../src/core/observe.ts";
import { readCapture } from "../../src/files/capture-reader.ts";
import { decodeCapture, ImapscopeError } from "../../src/index.ts";
import { captureOf, wireEvent } from "../wire-events.ts";
import { captureFiles } from "./dialogues.ts";
import { changes, mutated } from "./mutate.ts";
import type { Target } from "./target.ts";

const DOCUMENTED: ReadonlySet<string> = new Set([
  "ERR_CAPTURE_UNREADABLE",
  "ERR_CAPTURE_NOT_ONE",
  "ERR_CAPTURE_TOO_NEW",
]);

/** Values that a field of a record has no business to have. */
const STRANGE = [
  "null",
  "-1",
  "1e308",
  "[]",
  "{}",
  '""',
  "true",
  "9007199254740993",
  "[[0,99999]]",
  '"\\ud800"',
];

/** A value of one of the records is another. */
const edited = fc
  .tuple(fc.constantFrom(...captureFiles), fc.nat(3000), fc.constantFrom(...STRANGE))
  .map(([file, which, value]) => {
    let at = 0;
    const text = Buffer.from(file).toString("utf8");
    const count = text.match(/":/g)?.length ?? 1;
    return utf8(
      text.replace(/":("(?:[^"\\]|\\.)*"|[-\d.]+|\[[^\]]*\])/g, (whole) =>
        at++ === which % count ? `":${value}` : whole,
      ),
    );
  });

const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.tuple(fc.constantFrom(...captureFiles), changes).map(([file, each]) => mutated(file, each)),
  fc
    .tuple(fc.array(wireEvent, { maxLength: 8 }), changes)
    .map(([all, each]) => mutated(captureOf(all), each)),
  edited,
  fc.uint8Array({ maxLength: 200 }),
);

/** Reads it as octets and observes it; the only exceptions are our own bugs. */
export function isRead(file: Uint8Array): void {
  const { events, problems } = decodeCapture(file);
  assert.ok(problems.every(({ message }) => message !== ""));
  observationsOf(events);
}

async function readsOnly(path: string): Promise<void> {
  try {
    await readCapture(path, { onHeader: () => {}, onEvent: () => {}, onProblem: () => {} });
  } catch (error) {
    assert.ok(error instanceof ImapscopeError && DOCUMENTED.has(error.code), String(error));
  }
}

const folder = mkdtempSync(join(tmpdir(), "imapscope-fuzz-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

export const captureTargets: readonly Target[] = [
  { name: "captures", property: fc.property(anyFile, isRead) },
  {
    name: "captures-packed",
    property: fc.asyncProperty(anyFile, fc.option(changes, { nil: undefined }), async (file, spoil) => {
      const path = join(folder, "capture");
      const packed = gzipSync(file, { level: 1 });
      writeFileSync(path, spoil === undefined ? packed : mutated(packed, spoil));
      await readsOnly(path);
      writeFileSync(path, file);
      await readsOnly(path);
    }),
  },
];
