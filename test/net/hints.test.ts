import assert from "node:assert/strict";
import { test } from "node:test";
import {
  capitalised,
  clearUpstreamHint,
  endingHint,
  injectionHint,
  lateTlsHint,
  silenceHint,
} from "../../src/net/hints.ts";

test("a hint says what happened and where to look", () => {
  assert.match(lateTlsHint({ scheme: "imap", host: "::1", port: 143 }).text, /imap:\/\/\[::1\]:143, but/);
  const silent = silenceHint({ scheme: "imaps", host: "h", port: 993 }, 10_000);
  assert.match(silent.text, /^imaps:\/\/h:993 has said nothing for 10 s.*must it be imap:/);
  assert.match(injectionHint(12).text, /12 octets in clear text/);
});

test("clear text behind a client's TLS is told with its reason, and loudly where it leaves this machine", () => {
  const far = clearUpstreamHint("IMAPSCOPE_NO_STARTTLS", "mail.example.org:143", false);
  assert.equal(far.level, "warning");
  assert.match(
    far.text,
    /^Clients have TLS, but the way on to mail\.example\.org:143 is in clear text: the server offers no STARTTLS\. --plain-upstream allows that; /,
  );
  const near = clearUpstreamHint("IMAPSCOPE_PREAUTH", "localhost:143", true);
  assert.equal(near.level, "info");
  assert.match(near.text, /greets with PREAUTH.* does not leave this machine\.$/);
});

test("the end of a connection may say that a certificate was refused", () => {
  const facts = {
    clientOctets: 300,
    listener: { scheme: "imaps", host: "127.0.0.1", port: 993 },
    caPath: "ca.pem",
    tls: {},
    leftAtOnce: true,
    target: { host: "h", target: "h", at: "h:993" },
  } as const;
  const ending = (by: "client" | "server" | "imapscope", reason: string, client = 0) =>
    endingHint({ by, reason, octets: { client, server: 20 } }, facts)?.text;
  assert.match(
    ending("client", "closed") ?? "",
    /did not say why\. Most likely it does not trust the CA in ca\.pem.*--name.*pin.*only have looked/,
  );
  assert.equal(ending("client", "closed", 20), undefined);
  const later = endingHint(
    { by: "client", reason: "closed", octets: { client: 0, server: 20 } },
    { ...facts, leftAtOnce: false },
  );
  assert.equal(later, undefined);
  assert.match(ending("client", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", 20) ?? "", /does not know the CA/);
  const demanded = ending("server", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", 20);
  assert.equal(
    demanded,
    "h:993 demands a client certificate. Give the right one with --client-cert FILE, and its key with --client-key FILE.",
  );
  assert.equal(ending("server", "ECONNRESET"), undefined);
  assert.match(
    ending("client", "ERR_SSL_BAD_RECORD_TYPE") ?? "",
    /^TLS with the client broke.*BAD_RECORD_TYPE/,
  );
  assert.match(ending("server", "ERR_SSL_BAD_RECORD_TYPE", 20) ?? "", /^TLS with the server broke/);
  assert.equal(ending("imapscope", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"), undefined);
});

test("a notice begins like a sentence, unless with the name of a host", () => {
  assert.equal(capitalised("there is no way to h:993"), "There is no way to h:993");
  for (const named of ["mail.example.org:993 refuses", "[::1]:143 refuses", "localhost:143 refuses"])
    assert.equal(capitalised(named), named);
});
