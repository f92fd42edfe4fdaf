import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandDetail } from "../../../src/core/imap/command.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { defectKinds, detail } from "../../parsed-command.ts";

type Row = readonly [line: string, detail: CommandDetail, kinds?: readonly DefectKind[]];

function append(messageOctets: readonly number[], flags: readonly string[] = []): CommandDetail {
  return { kind: "append", mailbox: { raw: "Sent", name: "Sent" }, messageOctets, flags };
}

function check(rows: readonly Row[]): void {
  for (const [line, wanted, kinds = []] of rows) {
    assert.deepEqual([detail(line), defectKinds(`a1 ${line}`)], [wanted, kinds], line);
  }
}

test("APPEND (RFC 9051 §6.3.12)", () => {
  check([
    ["APPEND Sent {3}\r\nabc", append([3])],
    ["APPEND Sent (\\Seen $x) {3+}\r\nabc", append([3], ["\\Seen", "$x"])],
    ['APPEND Sent () " 7-Feb-1994 21:52:25 -0800" {0}\r\n', append([0])],
    ["APPEND {4}\r\nSent {3}\r\nabc", append([3])],
    ["APPEND Sent ~{3}\r\na\x00c", append([3])],
    ["APPEND", { kind: "other" }, ["argument-missing"]],
    ["APPEND Sent", append([]), ["argument-missing"]],
    ["APPEND Sent (\\Seen)", append([], ["\\Seen"]), ["argument-missing"]],
    ['APPEND Sent "7-Feb-1994 21:52:25 -0800" {0}\r\n', append([0]), ["argument-invalid"]],
    ['APPEND Sent "not a date" {0}\r\n', append([0]), ["argument-invalid"]],
    [
      "APPEND Sent (\\Seen) (\\Draft) {0}\r\n",
      append([], ["\\Seen"]),
      ["argument-invalid", "argument-surplus"],
    ],
    ["APPEND Sent {1}\r\nx ", append([1]), ["client-space"]],
  ]);
});

test("MULTIAPPEND, CATENATE, UTF8 and extension data (RFC 3502 §6, RFC 4469 §3, RFC 6855 §4, RFC 4466 §2.7)", () => {
  check([
    [
      "APPEND Sent (\\Seen) {3}\r\nabc (\\Draft) {2}\r\nde {1}\r\nf",
      append([3, 2, 1], ["\\Seen", "\\Draft"]),
    ],
    ['APPEND Sent CATENATE (URL "/x;UID=1" TEXT {3}\r\nabc URL {2}\r\n/y TEXT {4}\r\ndefg)', append([9])],
    ["APPEND Sent (\\Seen) UTF8 (~{4}\r\nabcd)", append([4], ["\\Seen"])],
    ["APPEND Sent ANNOTATION (/comment (value.priv x)) {3}\r\nabc", append([3])],
    ["APPEND Sent CATENATE", append([0]), ["argument-missing"]],
  ]);
});

test("REPLACE and UID REPLACE (RFC 8508 §3.2, §3.3)", () => {
  check([
    ["REPLACE 4 Sent (\\Seen \\Draft) {3}\r\nabc", append([3], ["\\Seen", "\\Draft"])],
    ["UID REPLACE 2000 Sent CATENATE (TEXT {2}\r\nab)", append([2])],
    [
      "REPLACE Sent {3}\r\nabc",
      { kind: "append", mailbox: { raw: "abc", name: "abc" }, messageOctets: [], flags: [] },
      ["argument-invalid", "argument-missing"],
    ],
  ]);
});
