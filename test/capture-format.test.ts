/** docs/capture-format.md and docs/capture.schema.json say what the code does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../src/core/base/limits.ts";
import { concat, displayText, utf8 } from "../src/core/base/octets.ts";
import { type EncodeOptions, encodeHeader, encodeToRuns } from "../src/core/capture/encode.ts";
import { RAW_OCTETS } from "../src/core/capture/format.ts";
import { readRecord } from "../src/core/capture/record.ts";
import type { WireEvent } from "../src/core/wire/event.ts";
import { validate } from "./json-schema.ts";
import { captureOf, decoded, HEADER, wireEvent } from "./wire-events.ts";

const docs = new URL("../docs/", import.meta.url);
const PAGE = readFileSync(new URL("capture-format.md", docs), "utf8");
const SCHEMA = JSON.parse(readFileSync(new URL("capture.schema.json", docs), "utf8"));
const EXAMPLE = /```jsonl\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "";

/** Words in backquotes in the rows of the page's tables, by the first cell. */
const ROWS = [...PAGE.matchAll(/^\| `(\w+)` \|(.*)$/gm)].map(([, name, rest]) => ({
  name: name ?? "",
  words: [...(rest ?? "").matchAll(/`(\w+)`/g)].map((match) => match[1]),
}));

test("the example on the page is what is written for what is read from it", () => {
  const { headers, events, problems } = decoded([utf8(EXAMPLE)]);
  assert.deepEqual([headers.length, events.length, problems], [1, 8, []]);
  assert.equal(displayText(captureOf(events)), EXAMPLE);
});

test("the page names every type and every field of the schema", () => {
  const types = Object.values<{ properties?: Record<string, { const?: string }> }>(SCHEMA.$defs);
  const fields = new Set(types.flatMap((type) => Object.keys(type.properties ?? {})));
  const named = new Set(ROWS.flatMap((row) => [row.name, ...row.words]));
  assert.ok(fields.size > 20);
  assert.deepEqual(
    [...fields].filter((field) => !named.has(field)),
    [],
  );
  const consts = types.map((type) => type.properties?.["type"]?.const).filter((type) => type !== undefined);
  assert.deepEqual(
    consts.filter((type) => !ROWS.some((row) => row.name === type)),
    [],
  );
});

test("the page names the bounds that the code has", () => {
  assert.ok(PAGE.includes(`${RAW_OCTETS.toLocaleString("en")} octets and more`));
  assert.ok(PAGE.includes(`more than ${LIMITS.captureRunOctets / 2 ** 20} MiB of octets`));
  assert.ok(PAGE.includes(`more than ${LIMITS.captureLineOctets / 2 ** 20} MiB.`));
});

/** The line of the record alone, without raw octets after it. */
function recordOf(event: WireEvent, options: EncodeOptions): string {
  return displayText(concat(encodeToRuns(event, options))).split("\n")[0] ?? "";
}

test("law: every record that is written fits the schema", () => {
  assert.deepEqual(validate(SCHEMA, JSON.parse(encodeHeader(HEADER))), []);
  fc.assert(
    fc.property(wireEvent, fc.boolean(), (event, plainOnly) => {
      const record: unknown = JSON.parse(recordOf(event, { plainOnly }));
      assert.deepEqual(validate(SCHEMA, record), []);
    }),
  );
});

const place = { connection: 1, at: 1 };
const REFUSED = [
  { type: "capture" },
  { type: "capture", version: 2, createdAt: "2026-11-22T19:00:00.000Z", createdBy: "", redacted: [] },
  { type: "data", ...place, from: "client" },
  { type: "data", ...place, from: "client", text: "a", base64: "YQ==" },
  { type: "data", ...place, from: "proxy", text: "a" },
  { type: "data", ...place, from: "client", text: "a", redacted: [[0]] },
  { type: "data", ...place, from: "client", text: "a", redacted: [[0, 1, 2]] },
  { type: "data", connection: 0, at: 1, from: "client", text: "a" },
  { type: "data", connection: 1, at: -1, from: "client", text: "a" },
  { type: "data", ...place, from: "client", omitted: 1 },
  { type: "close", ...place, by: "nobody", reason: "" },
  { type: "tls", ...place, protocol: "", cipher: "" },
  { ...place },
];

test("the schema refuses what is no record, and takes what it does not know", () => {
  for (const record of REFUSED) assert.notDeepEqual(validate(SCHEMA, record), [], JSON.stringify(record));
  assert.deepEqual(validate(SCHEMA, { type: "later", octets: 5 }), []);
  assert.deepEqual(validate(SCHEMA, { type: "end", ...place, from: "client", mood: 1 }), []);
});

test("law: a record of the schema is read without a fault", () => {
  fc.assert(
    fc.property(wireEvent, fc.dictionary(fc.string(), fc.jsonValue()), (event, more) => {
      const line = recordOf(event, { plainOnly: true });
      const record = { ...more, ...JSON.parse(line) };
      if (validate(SCHEMA, record).length > 0) return;
      const reading = readRecord(record);
      assert.equal(reading.kind === "event" ? reading.fault : reading.kind, undefined);
    }),
  );
});
