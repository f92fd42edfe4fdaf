import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, displayText, latin1, utf8 } from "../../../src/core/base/octets.ts";
import { readCutRecord } from "../../../src/core/capture/cut.ts";
import { encodeToRuns } from "../../../src/core/capture/encode.ts";
import { dataEvent, wireEvent } from "../../wire-events.ts";

const HEAD = '{"type":"data","connection":1,"at":1.000,"from":"client"';

const CUTS: readonly (readonly [string, string | undefined])[] = [
  ["", undefined],
  ["{", undefined],
  [HEAD, undefined],
  [`${HEAD},"te`, undefined],
  [`${HEAD},"text":"`, undefined],
  [`${HEAD},"text":"a1 NO`, "a1 NO"],
  [`${HEAD},"text":"a\\`, "a"],
  [`${HEAD},"text":"a\\\\`, "a\\"],
  [`${HEAD},"text":"a\\u00`, "a"],
  [`${HEAD},"text":"a\\u00e9`, "aé"],
  [`${HEAD},"text":"a\\ud83d`, "a"],
  [`${HEAD},"text":"a\\ud83d\\ude0`, "a"],
  [`${HEAD},"text":"a\\ud83d\\ude00`, "a😀"],
  [`${HEAD},"text":"whole"`, "whole"],
  [`${HEAD},"text":"whole","redacted":[[1,`, "whole"],
  [`${HEAD},"text":"a,\\"base64\\":\\"QUJD`, 'a,"base64":"QUJD'],
  [`${HEAD},"base64":"QUJD`, "ABC"],
  [`${HEAD},"base64":"QUJDR`, "ABC"],
  [`${HEAD},"base64":"QUI=","red`, "AB"],
  [`${HEAD},"base64":"QUI`, undefined],
  [`${HEAD},"base64":"*UJD`, undefined],
  [`${HEAD},"text":"\\q`, undefined],
  [`${HEAD},"text":"\\ud800a`, undefined],
  [`{"type":"close","connection":1,"at":1.000,"by":"client","text":"a`, undefined],
  [`{"type":"data","at":1.000,"from":"client","text":"a`, undefined],
  [`rubbish,"text":"a`, undefined],
];

test("the octets that are present are given, whole characters only", () => {
  for (const [line, expected] of CUTS) {
    const event = readCutRecord(utf8(line));
    assert.equal(event === undefined ? undefined : displayText(event.bytes), expected, line);
  }
});

test("a character that is cut between its octets is left out", () => {
  const line = utf8(`${HEAD},"text":"a😀`);
  for (let less = 1; less < 4; less++) {
    assert.equal(displayText(readCutRecord(line.subarray(0, -less))?.bytes ?? line), "a");
  }
});

test("by and relayed stand before the octets and survive", () => {
  const event = readCutRecord(utf8(`${HEAD},"by":"imapscope","relayed":false,"text":"a`));
  assert.equal(event?.byImapscope, true);
  assert.equal(event?.relayed, false);
});

test("law: cut anywhere, it gives a beginning of the octets, and all but a few of those present", () => {
  fc.assert(
    fc.property(dataEvent, fc.nat(), (event, at) => {
      const line = concat(encodeToRuns(event, { plainOnly: true }));
      const cut = line.subarray(0, at % (line.length - 1));
      const found = readCutRecord(cut)?.bytes;
      if (found === undefined) return;
      assert.deepEqual(Uint8Array.from(found), Uint8Array.from(event.bytes.subarray(0, found.length)));
      const before = latin1(cut).search(/"(text|base64)":"/);
      const present = cut.length - before - '"base64":"'.length;
      assert.ok(found.length >= Math.min(event.bytes.length, Math.floor(present / 6) - 6));
    }),
  );
});

test("law: it never throws, and gives nothing but data", () => {
  fc.assert(
    fc.property(wireEvent, fc.nat(), fc.uint8Array({ maxLength: 5 }), (event, at, more) => {
      const line = concat(encodeToRuns(event));
      const found = readCutRecord(concat([line.subarray(0, at % line.length), more]));
      assert.ok(found === undefined || found.kind === "data");
    }),
  );
});
