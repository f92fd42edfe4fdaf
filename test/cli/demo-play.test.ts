import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { playThrough } from "../../src/cli/demo-play.ts";
import { replay } from "../../src/library/replay.ts";
import { temporaryFolder } from "./running.ts";

const [SESSION = "", MAILBOX = "", MUTT = ""] = ["session", "mailbox", "mutt"].map((name) =>
  fileURLToPath(new URL(`../../demo/${name}.imapcap`, import.meta.url)),
);

async function playBefore(t: TestContext, served: string, capture: string) {
  const server = await replay(served, { caDir: temporaryFolder(t) });
  t.after(server.close);
  const notices: string[] = [];
  const running = {
    listening: server.listening,
    notice: ({ text }: { readonly text: string }) => void notices.push(text),
    stopped: new AbortController(),
  };
  const asRecorded = await playThrough({ capture, server: "localhost" }, running, {
    ca: server.ca,
    isPaced: false,
  });
  return { asRecorded, notices };
}

test("a capture's clients get from its own server, or from another that was there, what was recorded", async (t) => {
  for (const [served, capture] of [
    [SESSION, SESSION],
    [MAILBOX, MUTT],
  ] as const)
    assert.deepEqual(await playBefore(t, served, capture), { asRecorded: true, notices: [] });
});

test("what is answered otherwise is told", async (t) => {
  const { asRecorded, notices } = await playBefore(t, SESSION, MUTT);
  assert.equal(asRecorded, false);
  assert.match(notices.join("\n"), /EXAMINE INBOX/);
});
