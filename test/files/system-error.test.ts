import assert from "node:assert/strict";
import { test } from "node:test";
import { systemCode, systemReason } from "../../src/files/system-error.ts";

function failure(code: unknown): Error {
  return Object.assign(new Error("raw words of the system"), { code });
}

test("known codes are put into words, with the code", () => {
  assert.equal(systemReason(failure("ENOSPC")), "no space is left on the device (ENOSPC)");
});

test("anything else says what it says", () => {
  assert.equal(systemReason(failure("EWEIRD")), "raw words of the system");
  assert.equal(systemReason(failure(5)), "raw words of the system");
  assert.equal(systemReason("thrown text"), "thrown text");
});

test("a code is text on an error", () => {
  assert.equal(systemCode(failure("EIO")), "EIO");
  assert.equal(systemCode(failure(5)), undefined);
  assert.equal(systemCode({ code: "EIO" }), undefined);
});
