import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, assertRows, fieldTexts } from "../../requests.ts";

test("APPEND means its mailbox and of each message the flags, the date and the octets", () => {
  assertRows([
    ["APPEND Sent {3}\r\nabc", 'append "Sent" {3+}\r\nabc', "APPEND Sent {3}\r\nabd"],
    ["APPEND Sent (\\Seen a) {1}\r\nx", "APPEND Sent (A \\SEEN) {1}\r\nx", "APPEND Sent (a) {1}\r\nx"],
    ["APPEND Sent {1}\r\nx", "APPEND Sent () {1}\r\nx", "APPEND Sent (\\Seen) {1}\r\nx"],
    [
      'APPEND a " 1-Jan-2026 00:00:00 +0000" {1}\r\nx',
      'APPEND a "01-JAN-2026 00:00:00 +0000" {1}\r\nx',
      'APPEND a "11-Jan-2026 00:00:00 +0000" {1}\r\nx',
    ],
    ["APPEND a {1}\r\nx {1}\r\ny", "APPEND a {1+}\r\nx {1+}\r\ny", "APPEND a {1}\r\ny {1}\r\nx"],
    ["APPEND a {1}\r\nx", "APPEND a ~{1}\r\nx", "APPEND a UTF8 (~{1}\r\nx)"],
    [
      'APPEND a CATENATE (URL "/x" TEXT {2}\r\nab)',
      'APPEND a catenate (url "/x" text {2+}\r\nab)',
      'APPEND a CATENATE (URL "/x" TEXT {2}\r\nac)',
    ],
    ["UID REPLACE 4 a {1}\r\nx", "UID REPLACE 4 a {1+}\r\nx", "UID REPLACE 5 a {1}\r\nx"],
  ]);
});

test("each message has fields with its number", () => {
  const names = fieldTexts('APPEND a (b) "01-Jan-2026 00:00:00 +0000" {1}\r\nx (c) {1}\r\ny').map((text) =>
    text.replace(/=.*/, ""),
  );
  assert.deepEqual(names, ["mailbox", "flags 1", "date 1", "message 1", "flags 2", "message 2"]);
  assert.equal(asked("APPEND a {3}\r\nabc").fields.at(-1)?.shown, "3 octets");
});

test("what is no message ends in time and differs from one", () => {
  assert.deepEqual(fieldTexts("APPEND a ("), ["mailbox=a"]);
  assert.deepEqual(fieldTexts('APPEND a (b) "x" "y"'), ["mailbox=a", "flags 1=b", "date 1=x", 'data 1="y"']);
});
