import assert from "node:assert/strict";
import { test } from "node:test";
import { createTranscriptPrinter } from "../../src/print/transcript-printer.ts";
import { completed, notice, request, response, tlsBegun } from "../observations.ts";

test("the dialogue in the order it was seen, connections told apart", () => {
  let text = "";
  const printer = createTranscriptPrinter({
    write: (lines) => (text += lines),
    colour: false,
    previewLines: 0,
  });
  for (const one of [
    tlsBegun("client"),
    response("* OK ready"),
    request("a1 LOGIN alice xxxxxxxx"),
    response("* OK hello", { connection: 2 }),
    response("a1 OK \u001b[2J"),
    completed(),
  ]) {
    printer.print(one);
  }
  assert.equal(
    text,
    [
      "--- TLSv1.3 on the client leg of connection 1 ---",
      "S: * OK ready",
      "C: a1 LOGIN alice xxxxxxxx",
      "--- connection 2 ---",
      "S: * OK hello",
      "--- connection 1 ---",
      "S: a1 OK ␛[2J",
      "",
    ].join("\n"),
  );
});

test("only what matches", () => {
  const lines: string[] = [];
  const matches = ({ connection }: { connection: number }): boolean => connection === 2;
  const printer = createTranscriptPrinter({
    write: (line) => lines.push(line),
    colour: false,
    previewLines: 0,
    matches,
  });
  printer.print(response("* OK one"));
  printer.print(response("* OK two", { connection: 2 }));
  assert.deepEqual(lines, ["--- connection 2 ---\n", "S: * OK two\n"]);
});

test("what imapscope said to the server alone, in no peer's name; what it did to a line stands with that line", () => {
  const lines: string[] = [];
  const printer = createTranscriptPrinter({
    write: (line) => lines.push(line),
    colour: false,
    previewLines: 0,
  });
  const own = [{ did: "said", text: "* BYE" }] as const;
  printer.print(notice("imapscope itself asked.", { code: "byImapscope" }));
  printer.print(notice("imapscope itself said: * BYE", { code: "byImapscope", own }));
  printer.print(notice("Something else.", { code: "behind" }));
  assert.deepEqual(lines, ["--- connection 1: imapscope itself asked. ---\n"]);
});
