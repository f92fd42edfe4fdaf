import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { guardedListeners, guardedNotices, guardedRecord } from "../../src/library/own-listeners.ts";
import type { Notice } from "../../src/net/notice.ts";

const end = (connection: number): WireEvent => ({ kind: "end", connection, atMicros: 0, from: "client" });
const close = (connection: number): WireEvent => ({
  ...{ kind: "close", connection, atMicros: 0 },
  ...{ by: "client", reason: "" },
});

function throwing(thrown: unknown, text?: (name: string, thrown: string) => string) {
  const notices: Notice[] = [];
  const { onEvent } = guardedListeners(
    {
      onEvent: () => {
        throw thrown;
      },
    },
    { onNotice: (notice) => notices.push(notice), text },
  );
  return { notices, take: (event: WireEvent) => onEvent?.(event) };
}

test("what a function throws is told once for each connection, and again when its number comes again", () => {
  const { notices, take } = throwing(new TypeError("no such field"));
  for (const event of [end(1), end(2), end(1), close(1), end(2), end(1)]) take(event);
  assert.deepEqual(
    notices.map(({ connection }) => connection),
    [1, 2, 1],
  );
  assert.match(notices[0]?.text ?? "", /^Your function onEvent has thrown: no such field\. /);
});

test("only its message is told: safe, and not at any length", () => {
  for (const [thrown, told] of [
    [new Error("a\r\nb \u202e"), "a\u240d\u240ab <202E>"],
    ["a word", "a word"],
    [undefined, "undefined"],
    [Object.create(null), "object"],
    [new Error("x".repeat(1e6)), `${"x".repeat(200)}…`],
    [Object.assign(new Error("bare"), { password: "canary7" }), "bare"],
  ] as const) {
    const { notices, take } = throwing(thrown, (name, text) => `${name}|${text}`);
    take(end(1));
    assert.equal(notices[0]?.text, `onEvent|${told}`);
  }
});

test("a function that does not throw gets what it would get, and none is none", () => {
  const got: WireEvent[] = [];
  const options = { onNotice: () => assert.fail() };
  guardedListeners({ onEvent: (event) => got.push(event) }, options).onEvent?.(end(3));
  assert.deepEqual(got, [end(3)]);
  assert.deepEqual(guardedListeners({}, options), { onObservation: undefined, onEvent: undefined });
});

test("what an asynchronous function throws is told as well", async () => {
  const told = new Promise<Notice>((resolve) => {
    const onEvent = (): Promise<void> => Promise.reject(new Error("too late"));
    guardedListeners({ onEvent }, { onNotice: resolve }).onEvent?.(end(4));
  });
  assert.match((await told).text, /onEvent has thrown: too late\./);
});

for (const [how, throws] of [
  ["throws", () => assert.fail("no room")],
  ["rejects", () => Promise.reject(new Error("no room"))],
] as const) {
  test(`onNotice that ${how} harms nobody, and Node warns of it once`, async () => {
    let calls = 0;
    const notice = guardedNotices(() => {
      calls++;
      return throws();
    });
    const warnings: Error[] = [];
    const take = (warning: Error): void => void warnings.push(warning);
    process.on("warning", take);
    const warned = once(process, "warning");
    for (let at = 0; at < 3; at++) notice({ level: "info", text: "a" });
    await warned;
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", take);
    assert.equal(calls, 3);
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0]?.name, "ImapscopeWarning");
    assert.match(warnings[0]?.message ?? "", /^Your function onNotice has thrown: no room\. /);
  });
}

test("what is told of files may throw, too: each function is told of once", () => {
  const notices: Notice[] = [];
  const record = guardedRecord(
    {
      path: "day.imapcap",
      onFile: (connection, path, afterMicros) => assert.fail(`${connection} ${path} ${afterMicros}`),
      onFollowed: (path) => assert.fail(path),
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  assert.equal(record?.path, "day.imapcap");
  for (let at = 0; at < 2; at++) {
    record.onFile?.(3, "x.imapcap", 7);
    record.onFollowed?.("y.imapcap");
  }
  assert.deepEqual(
    notices.map(({ text }) => text.slice(0, 49)),
    [
      "Your function onFile has thrown: 3 x.imapcap 7. T",
      "Your function onFollowed has thrown: y.imapcap. T",
    ],
  );
  assert.equal(guardedRecord(undefined, { onNotice: () => assert.fail() }), undefined);
});
