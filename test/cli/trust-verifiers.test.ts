import assert from "node:assert/strict";
import { test } from "node:test";
import { isAgainst, VERIFIERS, verdictOf } from "../../src/cli/trust-verifiers.ts";

/** What real programs say to a CA that they do not know. */
const REFUSALS: Readonly<Record<string, readonly [exitCode: number, output: string]>> = {
  OpenSSL: [1, "depth=1 CN = imapscope CA\nverify error:num=19:self-signed certificate in certificate chain"],
  curl: [60, "curl: (60) SSL certificate problem: unable to get local issuer certificate"],
  Python: [1, "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"],
  GnuTLS: [1, "- Status: The certificate is NOT trusted. The certificate issuer is unknown. "],
  "Node --use-system-ca": [1, "refused: SELF_SIGNED_CERT_IN_CHAIN"],
  Node: [1, "refused: UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
};

for (const verifier of VERIFIERS) {
  test(`${verifier.name}: its answers`, () => {
    const [exitCode, output] = REFUSALS[verifier.name] ?? [0, ""];
    for (const [answer, verdict] of [
      [{ exitCode: 0, output: "" }, "trusts"],
      [{ exitCode, output }, "does not trust"],
      [{ exitCode: 2, output: "connect: connection refused" }, "no answer"],
      [{ exitCode: undefined, output }, "no answer"],
      [undefined, "not on this machine"],
    ] as const) {
      assert.equal(verdictOf(verifier, answer), verdict);
      const counts = verifier.store === "system" && ["does not trust", "no answer"].includes(verdict);
      assert.equal(isAgainst(verifier, verdict), counts);
    }
    assert.match(verifier.remedy, /\{ca\}/);
    const command = verifier.command(4711);
    assert.ok(command === undefined || command.join(" ").includes("4711"));
  });
}
