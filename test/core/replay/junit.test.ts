import assert from "node:assert/strict";
import { test } from "node:test";
import { junitXml } from "../../../src/core/replay/junit.ts";
import { playOf, recorded } from "../../played.ts";
import { stepOf } from "../../requests.ts";

/** Checks that a document is well formed as far as this writer goes, and gives its elements with their attributes. */
function elements(
  xml: string,
): readonly { readonly name: string; readonly attributes: string; readonly text: string }[] {
  const found: { name: string; attributes: string; text: string }[] = [];
  const open: { name: string; attributes: string; text: string }[] = [];
  assert.match(xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/);
  const body = xml.slice(xml.indexOf("\n") + 1);
  let at = 0;
  for (const tag of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    const text = body.slice(at, tag.index);
    assert.ok(!text.includes("<") && !/&(?!(?:amp|lt|gt|quot|apos);)/.test(text + tag[3]), text);
    const innermost = open.at(-1);
    if (innermost !== undefined) innermost.text += text;
    at = tag.index + tag[0].length;
    if (tag[1] === "/") assert.equal(open.pop()?.name, tag[2]);
    else {
      const element = { name: tag[2] ?? "", attributes: tag[3] ?? "", text: "" };
      found.push(element);
      if (tag[4] === "") open.push(element);
    }
  }
  assert.equal(open.length, 0);
  assert.equal(body.slice(at), "\n");
  assert.doesNotMatch(xml, /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff](?![\udc00-\udfff])/);
  return found;
}

test("each connection is a test case, and the script is one", () => {
  const select = stepOf(1, "SELECT INBOX");
  const { maker, send } = playOf([select]);
  maker.opened(1);
  maker.opened(2);
  send("SELECT INBOX", recorded(select), 1);
  send("SELECT Sent", "miss", 2);
  send("SELECT Drafts", "miss", 2);
  maker.ended({ client: 1, atMicros: 2_501_500, how: "closed" });
  const found = elements(junitXml(maker.read(), "a.imapcap"));
  assert.deepEqual(
    found.map(({ name }) => name),
    ["testsuites", "testsuite", "testcase", "testcase", "failure", "testcase", "failure"],
  );
  assert.match(found[1]?.attributes ?? "", /name="a\.imapcap" tests="3" failures="2" errors="0"/);
  assert.match(
    found[2]?.attributes ?? "",
    /classname="imapscope\.replay" name="connection 1 \(1 command\)" time="2\.500"/,
  );
  assert.match(found[4]?.attributes ?? "", /message="SELECT Sent: the nearest is exchange 1/);
  assert.match(
    found[4]?.text ?? "",
    /mailbox is Sent, recorded was INBOX|Send the mailbox \(INBOX\) as recorded/,
  );
  assert.match(found[6]?.attributes ?? "", /2 commands had no recorded answer/);
});

test("a play that passed has no failures", () => {
  const { maker } = playOf([]);
  const xml = junitXml(maker.read(), "x");
  assert.equal(elements(xml).length, 3);
  assert.match(xml, /tests="1" failures="0"/);
});

test("nothing that a client or a name holds breaks the document", () => {
  const { maker, send } = playOf([stepOf(1, 'SEARCH SUBJECT "<&>"')]);
  maker.opened(1);
  send("SEARCH SUBJECT {9}\r\n<![]]>&\"'", "miss");
  send("XFOO \x01\x1b]\xef\xbf\xbe\xed\xa0\x80", "miss");
  send("SELECT &2AA-", "miss");
  elements(junitXml(maker.read(), "<\"&'>\0\ufffe\ud800"));
});
