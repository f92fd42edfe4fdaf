/**
 * What real clients did with real servers, recorded through the proxy, is replayed to the same clients with no server there: each
 * must see, print and store the same, octet for octet, with another password where that matters to nobody.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Client, sha256, type Transport } from "./clients/client.ts";
import { curl } from "./clients/curl.ts";
import { fetchmail } from "./clients/fetchmail.ts";
import { getmail } from "./clients/getmail.ts";
import { imapfilter } from "./clients/imapfilter.ts";
import { imapflow, imapflowPlainStream } from "./clients/imapflow.ts";
import { mbsync } from "./clients/mbsync.ts";
import { mutt, neomutt } from "./clients/mutt.ts";
import { nodeImap } from "./clients/node-imap.ts";
import { offlineimap } from "./clients/offlineimap.ts";
import { perl, perlCompressed } from "./clients/perl.ts";
import { python } from "./clients/python.ts";
import { writer } from "./clients/writer.ts";
import { formsOf } from "./imapscope.ts";
import { mailboxes } from "./mail.ts";
import { redactCapture, withoutWords } from "./redacted.ts";
import { type ReplayedClient, record, replay } from "./replaying.ts";
import { courier } from "./servers/courier.ts";
import { cyrus } from "./servers/cyrus.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, type ServerKind } from "./servers/server.ts";
import { makeWorkplace, type Workplace } from "./stores.ts";

interface Row {
  readonly client: Client;
  readonly recorded: Transport;
  /** Where it is another. */
  readonly replayed?: Transport;
  /** What of its commands is new in each run. */
  readonly ignore?: readonly string[];
  /** It is to log in by SCRAM, where the server must know the password. */
  readonly scram?: boolean;
}

const PLAN: readonly (readonly [kind: ServerKind, rows: readonly Row[]])[] = [
  [
    dovecot,
    [
      { client: curl, recorded: "startTls" },
      // It gives what it appends a header field of its own, by which it finds it again.
      { client: mbsync, recorded: "tls", scram: true, ignore: ["header:X-TUID"] },
      { client: mbsync, recorded: "startTls", replayed: "tls", ignore: ["header:X-TUID"] },
      // It appends with the time at which its own file was made.
      { client: offlineimap, recorded: "tls", ignore: ["internaldate"] },
      { client: getmail, recorded: "tls" },
      { client: fetchmail, recorded: "startTls" },
      { client: imapfilter, recorded: "plain" },
      { client: mutt, recorded: "tls", scram: true },
      { client: neomutt, recorded: "tls", replayed: "startTls" },
      { client: python, recorded: "tls" },
      { client: perl, recorded: "startTls" },
      { client: perlCompressed, recorded: "tls" },
      { client: imapflow, recorded: "startTls" },
      { client: imapflowPlainStream, recorded: "plain", replayed: "tls" },
      { client: nodeImap, recorded: "tls" },
    ],
  ],
  [
    cyrus,
    [
      { client: curl, recorded: "tls" },
      { client: mbsync, recorded: "tls", scram: true, ignore: ["header:X-TUID"] },
      { client: python, recorded: "startTls" },
      { client: perlCompressed, recorded: "startTls" },
      { client: imapflow, recorded: "tls" },
    ],
  ],
  [
    courier,
    [
      { client: curl, recorded: "plain" },
      { client: getmail, recorded: "tls" },
      { client: mutt, recorded: "tls" },
      { client: nodeImap, recorded: "tls" },
      { client: imapflowPlainStream, recorded: "tls", replayed: "startTls" },
    ],
  ],
];

const OTHER_PASSWORD = "Zaunkoenig-5Bt3Kp";

for (const [kind, rows] of PLAN) {
  describe(`a capture of ${kind.name}`, { concurrency: 1 }, () => {
    let workplace: Workplace;
    before(async () => {
      workplace = await makeWorkplace(kind, mailboxes({ bigAttachmentOctets: 2_000_000, many: 110 }));
    });
    after(() => workplace.remove());

    for (const { client, recorded, replayed = recorded, ignore = [], scram = false } of rows) {
      test(`${client.name}, ${recorded}, does without a server what it did with one, by ${replayed}`, async () => {
        const { capture, outcome } = await record(workplace, client, recorded, PASSWORD);
        const options = [
          ...ignore.flatMap((rule) => ["--ignore", rule]),
          ...(scram ? ["--password", PASSWORD] : []),
        ];
        const password = scram ? PASSWORD : OTHER_PASSWORD;
        const again = await replay(workplace, client, replayed, capture, options, password);
        assertPlayed(again);
        assert.deepEqual(again.outcome, outcome, again.replay.stdout);
        assertNoSecret({ ...again, capture: await readFile(capture, "latin1") });
      });
    }
  });
}

describe("a capture whose mail was made unreadable", { concurrency: 1 }, () => {
  let workplace: Workplace;
  before(async () => {
    workplace = await makeWorkplace(dovecot, mailboxes({ bigAttachmentOctets: 2_000_000, many: 110 }));
  });
  after(() => workplace.remove());

  async function played(client: Client, more: readonly string[] = []) {
    const was = await record(workplace, client, "tls", PASSWORD);
    const redacted = join(await workplace.newFolder("redacted"), "redacted.imapcap");
    await redactCapture(was.capture, redacted);
    const now = await replay(workplace, client, "tls", redacted, more, OTHER_PASSWORD);
    assertPlayed(now);
    return { was, now };
  }

  test("getmail stores of each message what is left of it", async () => {
    const { was, now } = await played(getmail);
    const stored = await contentsOf(join(now.home, "mail"));
    assert.ok(stored.length > 30);
    assert.deepEqual(
      stored.map((octets) => sha256(octets)).sort(),
      (await contentsOf(join(was.home, "mail"))).map((octets) => sha256(withoutWords(octets))).sort(),
    );
  });

  test("python prints the same but for the digests of what it reads", async () => {
    const { was, now } = await played(python);
    const shape = (outcome: unknown) =>
      JSON.stringify(outcome, null, 1).replace(/ octets [0-9a-f]{32}/g, " octets");
    assert.equal(shape(now.outcome), shape(was.outcome));
    assert.notDeepEqual(now.outcome, was.outcome);
  });

  test("mbsync keeps every message, and what was appended may have been anything", async () => {
    const { was, now } = await played(mbsync, ["--ignore", "field:APPEND.message"]);
    const names = ({ outcome }: { readonly outcome: Readonly<Record<string, unknown>> }) =>
      JSON.stringify(outcome).replace(/ [0-9a-f]{32}/g, "");
    assert.equal(names(now), names(was));
  });
});

test("what a client makes anew each time is told with the rules that leave it out, and played with them", async () => {
  const workplace = await makeWorkplace(dovecot, []);
  after(() => workplace.remove());
  const { capture, outcome } = await record(workplace, writer(1), "tls", PASSWORD);
  const without = await replay(workplace, lenient(writer(2)), "tls", capture, [], OTHER_PASSWORD);
  assert.equal(without.replay.code, 1);
  const rules = [...without.replay.stdout.matchAll(/ignore it: (.*)\.$/gm)].flatMap(([, names = ""]) =>
    names.split(", "),
  );
  assert.deepEqual(rules.sort(), [
    "boundary",
    "date",
    "header:x-run",
    "internaldate",
    "message-id",
    "search-date",
  ]);
  const options = rules.flatMap((rule) => ["--ignore", rule]);
  const again = await replay(workplace, writer(2), "tls", capture, options, OTHER_PASSWORD);
  assertPlayed(again);
  assert.deepEqual(again.outcome, outcome);
});

/** A client that may fail. */
const lenient = (client: Client): Client => ({
  ...client,
  run: (target) => client.run(target).catch((error: unknown) => ({ failed: String(error) })),
});

async function contentsOf(folder: string): Promise<readonly Buffer[]> {
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

/** Everything had a recorded answer, and everything recorded was asked for. */
function assertPlayed({ replay: { code, stdout, stderr }, junit }: ReplayedClient): void {
  assert.equal(code, 0, stdout.slice(-6000) + stderr);
  assert.match(stdout, /^Replay passed\.$/m);
  assert.match(stdout, / 0 without answer, 0 refused\.$/m);
  assert.match(junit, /^<testsuites name="imapscope replay" tests="\d+" failures="0" errors="0"/m);
}

function assertNoSecret({
  capture,
  replay: { stdout, stderr },
  junit,
}: ReplayedClient & { capture: string }): void {
  for (const [name, text] of Object.entries({ capture, stdout, stderr, junit })) {
    for (const form of [PASSWORD, OTHER_PASSWORD].flatMap(formsOf)) {
      assert.ok(!text.includes(form), `${name} has a password (as ${form})`);
    }
  }
}
