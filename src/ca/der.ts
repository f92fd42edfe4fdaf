/**
 * DER, built with node-forge: the few ASN.1 shapes that a certificate needs (RFC 5280 §4.1). node-forge builds and never
 * judges: what comes from a peer is parsed by node:crypto, and only our own files and keys are read back here.
 */
import forge from "node-forge";

const { asn1 } = forge;
const { Class, Type } = asn1;

/** A value as node-forge holds it, in words of our own: whoever uses the package need not have node-forge's types. */
export interface Asn1 {
  tagClass: number;
  type: number;
  constructed: boolean;
  composed: boolean;
  value: string | Asn1[];
}

export function sequence(...items: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
}

export function set(...items: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, items);
}

export function oid(dotted: string): Asn1 {
  return primitive(Type.OID, asn1.oidToDer(dotted).getBytes());
}

export function boolean(value: boolean): Asn1 {
  return primitive(Type.BOOLEAN, value ? "\xff" : "\x00");
}

export function nothing(): Asn1 {
  return primitive(Type.NULL, "");
}

/** An INTEGER of at most 31 bits. */
export function smallInteger(value: number): Asn1 {
  return primitive(Type.INTEGER, asn1.integerToDer(value).getBytes());
}

/** A positive INTEGER given as octets, of which the first must be 0x01 to 0x7f. */
export function integer(octets: Uint8Array): Asn1 {
  return primitive(Type.INTEGER, binary(octets));
}

export function octetString(octets: Uint8Array): Asn1 {
  return primitive(Type.OCTETSTRING, binary(octets));
}

/** A BIT STRING whose last octet has `unused` bits that do not count. */
export function bitString(octets: Uint8Array, unused = 0): Asn1 {
  return primitive(Type.BITSTRING, String.fromCharCode(unused) + binary(octets));
}

export type StringType = "utf8" | "printable" | "ia5";

const STRING_TYPES = {
  utf8: Type.UTF8,
  printable: Type.PRINTABLESTRING,
  ia5: Type.IA5STRING,
} as const satisfies Record<StringType, number>;

/** A character string; `printable` and `ia5` must be ASCII. */
export function string(type: StringType, text: string): Asn1 {
  return primitive(STRING_TYPES[type], binary(new TextEncoder().encode(text)));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export function time(date: Date): Asn1 {
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date));
}

/** An explicitly tagged value: `[tag] EXPLICIT`. */
export function explicit(tag: number, value: Asn1): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [value]);
}

/** An implicitly tagged string of octets: `[tag] IMPLICIT OCTET STRING` or `IA5String`. */
export function implicit(tag: number, octets: Uint8Array): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, false, binary(octets));
}

/**
 * Reads DER of our own (a key that node:crypto exported, a CA file) so that it can be embedded unchanged. Bit strings
 * stay octets: looked into, they might be written differently.
 */
export function readDer(octets: Uint8Array): Asn1 {
  const options: unknown = { strict: true, decodeBitStrings: false };
  return (asn1.fromDer as (bytes: string, options: unknown) => Asn1)(binary(octets), options);
}

/** The parts of a constructed value; none for a primitive one. */
export function parts(value: Asn1 | undefined): readonly Asn1[] {
  return value !== undefined && Array.isArray(value.value) ? value.value : [];
}

/** The content octets of a primitive value; none for a constructed one. */
export function content(value: Asn1 | undefined): Uint8Array {
  return value !== undefined && typeof value.value === "string" ? fromBinary(value.value) : new Uint8Array(0);
}

export function isOid(value: Asn1 | undefined, dotted: string): boolean {
  return value?.type === Type.OID && value.value === asn1.oidToDer(dotted).getBytes();
}

export function toDer(value: Asn1): Uint8Array {
  return fromBinary(asn1.toDer(value).getBytes());
}

/** PEM of DER octets (RFC 7468 §2). */
export function toPem(label: string, octets: Uint8Array): string {
  const lines = btoa(binary(octets)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function primitive(type: forge.asn1.Type, bytes: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, type, false, bytes);
}

/** node-forge's form of octets: a string with one character for each. */
function binary(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
