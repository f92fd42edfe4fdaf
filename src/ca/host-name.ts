/**
 * The names a leaf is valid for: DNS names and addresses, brought into the one form that a certificate holds, and the
 * names of an upstream's certificate read out of node:crypto's text.
 */
import type { X509Certificate } from "node:crypto";
import { domainToASCII } from "node:url";

/** A name as a certificate holds it (RFC 5280 §4.2.1.6). */
export type HostName =
  | { readonly kind: "dns"; readonly text: string }
  | { readonly kind: "ip"; readonly text: string; readonly octets: Uint8Array };

/** The most names that are copied from one certificate of a peer. */
const COPIED_NAMES = 500;

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/**
 * The name in its one form: lower case, internationalised labels in their ASCII form (RFC 5890 §2.3.2.1), addresses in
 * their shortest spelling without a zone. `undefined` where it is neither a DNS name nor an address.
 */
export function parseHostName(text: string): HostName | undefined {
  return parseAddress(text) ?? parseDnsName(text);
}

function parseDnsName(text: string): HostName | undefined {
  // domainToASCII reads like a URL: it would take what stands before these for the name.
  if (/[\s/\\?#@:%\0-\x1f]/.test(text)) return undefined;
  // domainToASCII refuses the wildcard label, so it goes around it.
  const wildcard = text.startsWith("*.");
  const ascii = domainToASCII(wildcard ? text.slice(2) : text).replace(/\.$/, "");
  if (ascii === "" || ascii.length > 253 || IPV4.test(ascii)) return undefined;
  if (!ascii.split(".").every((label) => LABEL.test(label))) return undefined;
  return { kind: "dns", text: wildcard ? `*.${ascii}` : ascii };
}

function parseAddress(text: string): HostName | undefined {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const ipv4 = mapped ?? bare;
  if (IPV4.test(ipv4)) return { kind: "ip", text: ipv4, octets: Uint8Array.from(ipv4.split("."), Number) };
  if (!bare.includes(":")) return undefined;
  const url = URL.canParse(`http://[${bare}]`) ? new URL(`http://[${bare}]`) : undefined;
  if (url === undefined) return undefined;
  const ipv6 = url.hostname.slice(1, -1);
  return { kind: "ip", text: ipv6, octets: ipv6Octets(ipv6) };
}

/** Octets of an address in the spelling of the URL standard: lower case, `::` at most once, no dotted tail. */
function ipv6Octets(text: string): Uint8Array {
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":").map((group) => parseInt(group, 16)));
  const left = groups(head);
  const right = groups(tail ?? "");
  const zeros = new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0);
  return Uint8Array.from([...left, ...zeros, ...right].flatMap((group) => [group >> 8, group & 0xff]));
}

/** The DNS names and addresses of a certificate's subjectAltName; names of other kinds are left out. */
export function alternativeNamesOf(certificate: X509Certificate): HostName[] {
  const names: HostName[] = [];
  for (const entry of splitAlternativeNames(certificate.subjectAltName ?? "")) {
    const value = /^(?:DNS|IP Address):(.*)$/s.exec(entry)?.[1];
    const name = value === undefined ? undefined : parseHostName(unquoted(value));
    if (name !== undefined && names.push(name) === COPIED_NAMES) break;
  }
  return names;
}

/** Splits at `, ` outside of quotes: node:crypto quotes a value, as JSON, that could be taken for several. */
function splitAlternativeNames(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/gs)?.map((entry) => entry.trim()) ?? [];
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return "";
  }
}

/** The names once each, in order of their first appearance. */
export function distinct(names: readonly HostName[]): HostName[] {
  return [...new Map(names.map((name) => [`${name.kind}:${name.text}`, name])).values()];
}
