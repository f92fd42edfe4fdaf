/**
 * Distinguished names: the upstream's subject copied into a leaf, and the CA's own. Values are cut at the upper bounds of
 * X.520, because strict clients refuse longer ones (RFC 5280 appendix A.1).
 */
import type { X509Certificate } from "node:crypto";
import * as der from "./der.ts";

export interface Attribute {
  /** The short name that OpenSSL gives it: `CN`, `O`, ... */
  readonly type: string;
  readonly value: string;
}

interface AttributeType {
  readonly oid: string;
  readonly string: der.StringType;
  /** The most characters that its value may have. */
  readonly bound: number;
}

/** What of a subject is copied. Everything else (a registration number, a street) tells a mail client nothing. */
const ATTRIBUTE_TYPES: ReadonlyMap<string, AttributeType> = new Map([
  ["CN", { oid: "2.5.4.3", string: "utf8", bound: 64 }],
  ["serialNumber", { oid: "2.5.4.5", string: "printable", bound: 64 }],
  ["C", { oid: "2.5.4.6", string: "printable", bound: 2 }],
  ["L", { oid: "2.5.4.7", string: "utf8", bound: 128 }],
  ["ST", { oid: "2.5.4.8", string: "utf8", bound: 128 }],
  ["O", { oid: "2.5.4.10", string: "utf8", bound: 64 }],
  ["OU", { oid: "2.5.4.11", string: "utf8", bound: 64 }],
  ["DC", { oid: "0.9.2342.19200300.100.1.25", string: "ia5", bound: 63 }],
] as const);

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;
const ASCII = /^[\x20-\x7e]*$/;

/** A Name of one attribute per RDN (RFC 5280 §4.1.2.4); attributes of no known type are left out. */
export function nameOf(attributes: readonly Attribute[]): der.Asn1 {
  const rdns = attributes.flatMap(({ type, value }) => {
    const row = ATTRIBUTE_TYPES.get(type);
    if (row === undefined) return [];
    const text = cut(value, row.bound);
    return [der.set(der.sequence(der.oid(row.oid), der.string(stringTypeFor(row.string, text), text)))];
  });
  return der.sequence(...rdns);
}

/** The attributes of a peer's subject that can be copied, in its order, empty values left out. */
export function subjectOf(certificate: X509Certificate): Attribute[] {
  const subject: unknown = certificate.toLegacyObject().subject;
  if (typeof subject !== "object" || subject === null) return [];
  return Object.entries(subject)
    .filter(([type]) => ATTRIBUTE_TYPES.has(type))
    .flatMap(([type, values]: [string, unknown]) =>
      (Array.isArray(values) ? values : [values])
        .filter((value) => typeof value === "string" && value !== "")
        .slice(0, 8)
        .map((value) => ({ type, value: String(value) })),
    );
}

export function commonNameOf(attributes: readonly Attribute[]): string | undefined {
  return attributes.find(({ type }) => type === "CN")?.value;
}

/** Cut by characters, not by UTF-16 units, so that no character is halved. */
function cut(text: string, bound: number): string {
  return [...text].slice(0, bound).join("");
}

function stringTypeFor(wanted: der.StringType, text: string): der.StringType {
  if (wanted === "printable" && PRINTABLE.test(text)) return "printable";
  if (wanted === "ia5" && ASCII.test(text)) return "ia5";
  return "utf8";
}
