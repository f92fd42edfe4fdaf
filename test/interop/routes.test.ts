/**
 * Where a client's connection goes, with curl and Dovecot: through a SOCKS5 listener by name and by address, with STARTTLS,
 * passed through, and by the name that is asked for behind one listener.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { formsOf, startProxy, view } from "./imapscope.ts";
import { run } from "./process.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace } from "./stores.ts";

const NAME = "imap.example.org";

test("curl reaches Dovecot by name, by address and by STARTTLS, and past imapscope", async () => {
  const place = await makeWorkplace(dovecot, []);
  after(() => place.remove());
  const server = await place.startServer();
  after(() => server.stop());
  const { ca } = place.certificates;
  const folder = await place.newFolder("routes");
  const routes = [
    `${NAME}=imaps://127.0.0.1:${server.tlsPort}`,
    `${NAME}:143=imap://localhost:${server.plainPort}`,
    `127.0.0.1:${server.tlsPort}`,
  ].flatMap((route) => ["--upstream", route]);
  const proxy = await startProxy("imaps://nowhere.example", ca, folder, [
    ...["--listen", "socks5://127.0.0.1:0", "--pass-through", "localhost"],
    ...routes,
  ]);
  const socks = /^socks5:\/\/(\S+)/m.exec(await readFile(join(folder, "ready"), "utf8"))?.[1] ?? "";
  const curl = (...options: string[]) =>
    run("curl", ["-sS", "--max-time", "20", "-u", `${USER}:${PASSWORD}`, "-X", "NOOP", ...options]);
  const here = (port: number) => ["--resolve", `${NAME}:${port}:127.0.0.1`, `imaps://${NAME}:${port}/INBOX`];
  for (const [what, options] of [
    ["a name", ["--socks5-hostname", socks, "--cacert", proxy.caFile, `imaps://${NAME}/INBOX`]],
    ["an address", ["--socks5", socks, "--cacert", proxy.caFile, ...here(server.tlsPort)]],
    [
      "STARTTLS",
      ["--socks5-hostname", socks, "--cacert", proxy.caFile, "--ssl-reqd", `imap://${NAME}/INBOX`],
    ],
    ["SNI", ["--cacert", proxy.caFile, ...here(proxy.tlsPort)]],
    // Past imapscope it is the server's own certificate.
    [
      "passed through",
      ["--socks5-hostname", socks, "--cacert", ca, `imaps://localhost:${server.tlsPort}/INBOX`],
    ],
  ] as const) {
    const { code, stderr } = await curl(...options);
    assert.equal(code, 0, `${what}: ${stderr}`);
  }
  assert.match((await curl("--socks5-hostname", socks, "imaps://localhost:1/")).stderr, /\(5\)/);
  await proxy.stop();
  const { stdout } = await view(proxy.capture);
  assert.equal(stdout.match(/ OK +NOOP/g)?.length, 4, stdout);
  assert.match(stdout, /tcp:\/\/localhost:\d+.*\n(?:.*\n)*?.*passed through, \d+ octets of the client/);
  const written = stdout + (await readFile(proxy.capture, "latin1"));
  for (const form of formsOf(PASSWORD)) assert.equal(written.includes(form), false);
});
