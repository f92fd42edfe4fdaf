import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { descriptorLimit } from "../../src/net/descriptors.ts";
import { crowdNotice } from "../../src/net/turn-away.ts";
import {
  allText,
  closeEverything,
  greetAndEcho,
  plainClient,
  plainUpstream,
  proxyFor,
  textUpTo,
} from "./peers.ts";

afterEach(closeEverything);

test("clients for whom there is no room are told and gone, the user once; room that is left is used", async () => {
  const { port, notices, proxy, events } = await proxyFor(await plainUpstream(greetAndEcho), {
    maximumConnections: 2,
  });
  const [first, second] = [plainClient(port("imap")), plainClient(port("imap"))];
  await Promise.all([textUpTo(first, "ready\r\n"), textUpTo(second, "ready\r\n")]);
  const texts = await Promise.all([1, 2, 3].map(() => allText(plainClient(port("imap")))));
  assert.deepEqual(
    new Set(texts),
    new Set(["* BYE [UNAVAILABLE] imapscope: too many connections are open\r\n"]),
  );
  assert.equal(await allText(plainClient(port("imaps"))), "");
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /^A client was turned away .* for 2 connections at once.*ulimit -n/);
  first.end();
  while (proxy.statistics().openConnections > 1) await new Promise(setImmediate);
  await textUpTo(plainClient(port("imap")), "ready\r\n");
  assert.equal(events.filter(({ kind }) => kind === "open").length, 3);
});

test("descriptors that are needed for something else are left to it", async (context) => {
  const limit = descriptorLimit();
  if (limit === Number.POSITIVE_INFINITY) return context.skip("this system sets no limit");
  const { port } = await proxyFor(await plainUpstream(greetAndEcho), {
    otherDescriptors: limit,
    maximumConnections: undefined,
  });
  await textUpTo(plainClient(port("imap")), "ready\r\n");
  assert.match(await allText(plainClient(port("imap"))), /too many connections/);
});

test("a later notice counts those since", () => {
  const listener = { scheme: "imap", host: "127.0.0.1", port: 143 } as const;
  assert.match(crowdNotice(listener, 9, 12).text, /^12 clients were turned away from imap:/);
});
