import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CAPABILITY_ENTRIES,
  CODE_ENTRIES,
  capabilityEntry,
  capabilitySatisfies,
  codeEntry,
  dataItemEntry,
  flagEntry,
  RESPONSE_ENTRIES,
  responseEntry,
} from "../../../src/core/vocabulary/vocabulary.ts";

test("who solicits a response is derived from the commands", () => {
  assert.deepEqual(responseEntry("quota")?.solicitedBy, ["GETQUOTA", "GETQUOTAROOT", "SETQUOTA"]);
  assert.deepEqual(responseEntry("NAMESPACE")?.solicitedBy, ["LANGUAGE", "NAMESPACE"]);
  assert.deepEqual(responseEntry("BYE")?.solicitedBy, ["LOGOUT"]);
  assert.deepEqual(responseEntry("OK")?.solicitedBy, []);
  assert.deepEqual(codeEntry("uidvalidity")?.solicitedBy, ["SELECT", "EXAMINE"]);
  assert.deepEqual(capabilityEntry("move")?.allows, ["MOVE", "UID MOVE"]);
});

test("data that no server may push is solicited by some command", () => {
  const orphans = RESPONSE_ENTRIES.filter((row) => row.pushable === "never" && row.solicitedBy.length === 0);
  assert.deepEqual(
    orphans.map(({ name }) => name),
    [],
  );
});

test("capabilities with values are found by what stands before the value", () => {
  const rows: readonly [advertised: string, row: string | undefined][] = [
    ["AUTH=SCRAM-SHA-256", "AUTH="],
    ["APPENDLIMIT", "APPENDLIMIT"],
    ["appendlimit=257890", "APPENDLIMIT="],
    ["RIGHTS=kxte", "RIGHTS="],
    ["THREAD=REFERENCES", "THREAD="],
    ["SORT=DISPLAY", "SORT=DISPLAY"],
    ["UTF8=ACCEPT", "UTF8=ACCEPT"],
    ["UTF8=ALL", "UTF8="],
    ["CONTEXT=SEARCH", "CONTEXT="],
    ["I18NLEVEL=2", "I18NLEVEL="],
    ["QUOTA=RES-STORAGE", "QUOTA=RES-"],
    ["STATUS=SIZE", "STATUS=SIZE"],
    ["MESSAGELIMIT=1000", "MESSAGELIMIT="],
    ["COMPRESS=DEFLATE", "COMPRESS="],
    ["LITERAL+", "LITERAL+"],
    ["imap4REV2", "IMAP4rev2"],
    ["X-UNHEARD-OF", undefined],
    ["X-UNHEARD=OF", undefined],
    ["", undefined],
    ["__proto__", undefined],
  ];
  for (const [advertised, row] of rows) assert.equal(capabilityEntry(advertised)?.name, row, advertised);
});

test("a capability satisfies what a command needs", () => {
  assert.equal(capabilitySatisfies("Sort=Display", "SORT="), true);
  assert.equal(capabilitySatisfies("SORT", "SORT="), false);
  assert.equal(capabilitySatisfies("imap4rev2", "IMAP4REV2"), true);
  assert.equal(capabilitySatisfies("IDLE", "ID"), false);
});

test("flags and data items are found in any case, items also with a section", () => {
  assert.equal(flagEntry("\\SEEN")?.name, "\\Seen");
  assert.deepEqual(flagEntry("\\flagged")?.uses, ["flag", "mailboxAttribute"]);
  assert.equal(flagEntry("$Label1")?.name, "$label1");
  assert.equal(dataItemEntry("body.peek[HEADER]<0.10>")?.name, "BODY.PEEK");
  assert.equal(dataItemEntry("toString"), undefined);
});

test("every name is there once", () => {
  for (const entries of [RESPONSE_ENTRIES, CODE_ENTRIES, CAPABILITY_ENTRIES]) {
    assert.equal(new Set(entries.map(({ name }) => name.toUpperCase())).size, entries.length);
  }
});
