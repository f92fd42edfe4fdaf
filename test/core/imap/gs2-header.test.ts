import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, toBase64 } from "../../../src/core/base/octets.ts";
import { channelBindingOf, openDigits } from "../../../src/core/imap/gs2-header.ts";

const base64 = (text: string) => toBase64(fromLatin1(text));

test("of the first message the digits stay that say how it binds, masked or not", () => {
  for (const [message, seen, binding] of [
    ["n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", "n,,", "unsupported"],
    ["n,a=admin,n=user,r=x", "n,a", "unsupported"],
    ["y,,n=user,r=x", "y,,", "unoffered"],
    ["y,a=admin,m=e,n=user,r=x", "y,a", "unoffered"],
    ["p=tls-unique,,n=user,r=x", "p=tls-unique", "required"],
    ["p=tls-exporter,a=admin,n=user,r=x", "p=tls-exporter,", "required"],
    ["p=tls-server-end-point,,n=user,r=x", "p=tls-server-end-p", "required"],
  ] as const) {
    const line = base64(message);
    const open = line.slice(0, openDigits(line));
    assert.equal(open, base64(seen), message);
    assert.equal(channelBindingOf(line), binding);
    const masked = `${open}xxxxxxxx`;
    assert.equal(openDigits(masked), open.length);
    assert.equal(channelBindingOf(masked), binding);
  }
});

test("of everything else nothing stays", () => {
  for (const line of [
    "",
    "*",
    "=",
    "xxxxxxxx",
    "eSws",
    "eSwsxxxxxxx",
    "biwsbiws",
    base64("n,,"),
    base64("y,,secret"),
    base64("y,,n=user"),
    base64("\0user\0y,,n=,r="),
    base64("p=secret,,n=user,r=x"),
    base64("c=biws,r=x,p=y"),
    `${base64("n,,n=user,r=xy")}!`,
  ]) {
    assert.equal(openDigits(line), 0, line);
  }
});
