import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { issueAuthority } from "../../src/ca/certificate.ts";
import { type Attribute, commonNameOf, nameOf, subjectOf } from "../../src/ca/subject.ts";

const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const validity = { notBefore: new Date(0), notAfter: new Date(1e12) };

/** A certificate with that subject, as node:crypto reads it. */
function withSubject(attributes: readonly Attribute[]): X509Certificate {
  return new X509Certificate(issueAuthority({ subject: nameOf(attributes), ...keys, validity }));
}

test("a subject is copied attribute by attribute", () => {
  const attributes = [
    { type: "C", value: "DE" },
    { type: "O", value: 'Ütopia, Inc. + "Söhne"' },
    { type: "OU", value: "a" },
    { type: "OU", value: "b" },
    { type: "DC", value: "example" },
    { type: "CN", value: "почта.example" },
  ];
  const copied = subjectOf(withSubject(attributes));
  assert.deepEqual(copied, attributes);
  assert.equal(commonNameOf(copied), "почта.example");
  assert.deepEqual(subjectOf(withSubject(copied)), attributes);
});

test("values are cut at their bounds, by characters", () => {
  const subject = subjectOf(
    withSubject([
      { type: "CN", value: "😀".repeat(100) },
      { type: "C", value: "DEU" },
    ]),
  );
  assert.deepEqual(subject, [
    { type: "CN", value: "😀".repeat(64) },
    { type: "C", value: "DE" },
  ]);
});

test("attributes of no known type are left out, and so are empty values", () => {
  assert.deepEqual(
    subjectOf(
      withSubject([
        { type: "title", value: "x" },
        { type: "O", value: "" },
      ]),
    ),
    [],
  );
  assert.equal(commonNameOf([]), undefined);
});
