import assert from "node:assert/strict";
import { test } from "node:test";
import { RESPONSE_CODES } from "../../../src/core/vocabulary/response-codes.ts";

/** The codes that RFC 5530 §3 defines; OVERQUOTA moved on to RFC 9208 §4.3.1. */
const RFC_5530 =
  `UNAVAILABLE AUTHENTICATIONFAILED AUTHORIZATIONFAILED EXPIRED PRIVACYREQUIRED CONTACTADMIN NOPERM INUSE
  EXPUNGEISSUED CORRUPTION SERVERBUG CLIENTBUG CANNOT LIMIT OVERQUOTA ALREADYEXISTS NONEXISTENT`.split(/\s+/);

test("every code says where it stands, and those of RFC 5530 are all there", () => {
  for (const { name, where } of RESPONSE_CODES) assert.ok(where.length > 0, name);
  const names = new Set(RESPONSE_CODES.map(({ name }) => name));
  assert.deepEqual(
    RFC_5530.filter((name) => !names.has(name)),
    [],
  );
});

test("the codes that describe a mailbox just selected are untagged (RFC 9051 §6.3.2)", () => {
  const places = new Map(RESPONSE_CODES.map(({ name, where }) => [name, where]));
  for (const name of ["UIDVALIDITY", "UIDNEXT", "PERMANENTFLAGS", "UNSEEN", "CLOSED", "NOMODSEQ"]) {
    assert.deepEqual(places.get(name), ["untagged"], name);
  }
  assert.ok(places.get("READ-ONLY")?.includes("tagged"));
});
