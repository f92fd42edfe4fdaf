import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandDetail } from "../../../src/core/imap/command.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { defectKinds, detail } from "../../parsed-command.ts";

function login(user: string | undefined): CommandDetail {
  return { kind: "login", user };
}

function authenticate(mechanism: string, initialResponse: boolean): CommandDetail {
  return { kind: "authenticate", mechanism, initialResponse };
}

test("LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3, RFC 4959 §3)", () => {
  const rows: readonly [line: string, detail: CommandDetail, kinds?: readonly DefectKind[]][] = [
    ["LOGIN alice xxxxxxxx", login("alice")],
    ['login "al ice" "xxxxxxxx"', login("al ice")],
    ["LOGIN {5}\r\nalice {8}\r\nxxxxxxxx", login("alice")],
    ["LOGIN {5+}\r\nalice {8+}\r\nxxxxxxxx", login("alice")],
    ['LOGIN "" ""', login("")],
    ["LOGIN xxxxxxxx", login(undefined)],
    ["LOGIN", login(undefined), ["argument-missing"]],
    ["LOGIN alice", login("alice"), ["argument-missing"]],
    ["LOGIN a b c", login("a"), ["argument-surplus"]],
    ["LOGIN (a) b", login(undefined), ["argument-invalid"]],
    ["AUTHENTICATE PLAIN", authenticate("PLAIN", false)],
    ["authenticate xoauth2 xxxxxxxx", authenticate("XOAUTH2", true)],
    ["AUTHENTICATE EXTERNAL =", authenticate("EXTERNAL", true)],
    ["AUTHENTICATE", authenticate("", false), ["argument-missing"]],
    ['AUTHENTICATE "PLAIN"', authenticate("", false), ["argument-invalid"]],
    ['AUTHENTICATE PLAIN "xxxxxxxx"', authenticate("PLAIN", true), ["argument-invalid"]],
    ["AUTHENTICATE PLAIN xxxxxxxx y", authenticate("PLAIN", true), ["argument-surplus"]],
  ];
  for (const [line, wanted, kinds = []] of rows) {
    assert.deepEqual([detail(line), defectKinds(`a1 ${line}`)], [wanted, kinds], line);
  }
});
