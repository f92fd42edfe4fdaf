import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1 } from "../../../src/core/base/octets.ts";
import { parseResponse } from "../../../src/core/imap/parse-response.ts";
import { capabilityLine, placeOfTag, replyName } from "../../../src/core/replay/reply-facts.ts";
import { serverFrame } from "../../parsed-response.ts";

function factsOf(line: string, tag: string): readonly unknown[] {
  const frame = serverFrame(`${line}\r\n`);
  const response = parseResponse(frame, "full").value;
  const capabilities = capabilityLine(response, frame);
  return [
    replyName(response),
    capabilities === undefined ? undefined : latin1(capabilities),
    placeOfTag(response, frame, tag),
  ];
}

const CASES: readonly (readonly [line: string, name: string, capabilities: boolean, tagAt?: number])[] = [
  ["a1 OK done", "OK", false, 0],
  ["a2 OK done", "OK", false],
  ["* OK done", "OK", false],
  ["a1 OK [CAPABILITY IMAP4rev1] done", "OK", true, 0],
  ["* capability IMAP4rev1 IDLE", "CAPABILITY", true],
  ["* ENABLED CONDSTORE", "ENABLED", false],
  ["* 3 exists", "EXISTS", false],
  ['* ESEARCH (TAG "a1") COUNT 3', "ESEARCH", false, 16],
  ['* esearch (tag "a1") COUNT 3', "ESEARCH", false, 16],
  ['* ESEARCH (TAG "a2") COUNT 3', "ESEARCH", false],
  ["* ESEARCH COUNT 3", "ESEARCH", false],
  ["rubbish", "", false],
];

for (const [line, name, capabilities, tagAt] of CASES)
  test(`${line}: its name, its capabilities, and where the tag is`, () => {
    assert.deepEqual(factsOf(line, "a1"), [name, capabilities ? `${line}\r\n` : undefined, tagAt]);
  });
