import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../src/core/observation.ts";
import { toJsonObject } from "../../src/print/json-object.ts";
import {
  code,
  completed,
  defectFound,
  notice,
  opened,
  push,
  request,
  response,
  started,
  state,
  status,
  tlsBegun,
} from "../observations.ts";

/** As it is written: members that do not apply are gone. */
function written(observation: Observation): unknown {
  return JSON.parse(JSON.stringify(toJsonObject(observation)));
}

test("an exchange", () => {
  assert.deepEqual(written(completed({ status: "NO", code: code("TRYCREATE"), text: "No mailbox" })), {
    kind: "exchange",
    connection: 1,
    at: 1045,
    id: 1,
    tag: "a1",
    command: "UID FETCH",
    summary: "UID FETCH 1:50 (FLAGS ENVELOPE)",
    mailbox: "INBOX",
    end: "completed",
    status: "NO",
    code: { name: "TRYCREATE", summary: "[TRYCREATE]" },
    text: "No mailbox",
    attributed: { certain: 48, likely: 2, ambiguous: 0 },
    responses: { FETCH: 50 },
    octets: { clientToServer: 34, serverToClient: 12_345 },
    timings: {
      sentMs: 1000,
      sentEndMs: 1000.1,
      firstResponseMs: 1001.33,
      completedMs: 1045,
      gapMs: 2000,
      uploadMs: 0.1,
      waitMs: 1.23,
      downloadMs: 43.67,
      totalMs: 45,
      continuationMs: [],
      roundTrips: 1,
    },
    defects: [],
  });
});

test("a push, of data and of a status", () => {
  assert.deepEqual(written(push({ during: 7 })), {
    kind: "push",
    connection: 1,
    at: 3000,
    response: "EXISTS",
    number: 12,
    summary: "12 EXISTS",
    mailbox: "INBOX",
    during: 7,
    octets: 13,
  });
  const bye = push({ response: status({ status: "BYE", code: code("UNAVAILABLE") }) });
  assert.deepEqual(
    { response: "BYE", code: { name: "UNAVAILABLE", summary: "[UNAVAILABLE]" } },
    { response: toJsonObject(bye)?.["response"], code: toJsonObject(bye)?.["code"] },
  );
});

test("a state, a defect, a notice", () => {
  assert.deepEqual(written(state()), {
    kind: "state",
    connection: 1,
    at: 2000,
    from: "authenticated",
    to: "selected",
    mailbox: "INBOX",
    readOnly: false,
    exchange: 1,
  });
  assert.deepEqual(written(defectFound("client-bare-lf", { exchange: undefined })), {
    kind: "defect",
    connection: 1,
    at: 2500,
    defect: "client-bare-lf",
    by: "client",
    rfc: "RFC 9051 §2.2",
    detail: "A line ended in LF.",
    certainty: "certain",
  });
  assert.deepEqual(written(notice("Full.")), {
    kind: "notice",
    connection: 1,
    at: 2600,
    code: "behind",
    text: "Full.",
  });
});

test("connections and TLS", () => {
  assert.deepEqual(written(opened()), {
    kind: "connection",
    connection: 1,
    at: 12.008,
    event: "open",
    client: "127.0.0.1:53422",
    listener: "imaps://127.0.0.1:993",
    upstream: "imaps://imap.example.org:993",
    midway: false,
  });
  assert.equal(toJsonObject(tlsBegun("client"))?.["leg"], "client");
});

test("the dialogue beneath is not printed", () => {
  for (const observation of [started(), request("a1 NOOP"), response("* OK")]) {
    assert.equal(toJsonObject(observation), undefined);
  }
});

test("what is imapscope's own doing, of an exchange, a push and a notice", () => {
  const own = [{ did: "said", text: "a1 OK go" }] as const;
  for (const observation of [completed({ own }), push({ own }), notice("Said.", { own })]) {
    assert.deepEqual(toJsonObject(observation)?.["imapscope"], own, observation.kind);
  }
  for (const observation of [completed(), push(), notice("Full.")]) {
    assert.equal(toJsonObject(observation)?.["imapscope"], undefined, observation.kind);
  }
});
