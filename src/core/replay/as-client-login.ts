/** How to log in to a real server in place of the recorded login, whose secret nobody knows any more. */
import { toBase64, utf8 } from "../base/octets.ts";
import type { ClientStep } from "./as-client-script.ts";

export interface Credentials {
  readonly user: string;
  readonly secret: { readonly kind: "password" | "token"; readonly value: string };
}

export type Login =
  /** The first part at once, each further one when the server has said `+`; `refused` is said to a `+` behind the last. */
  | { readonly kind: "parts"; readonly parts: readonly Uint8Array[]; readonly refused: Uint8Array }
  | { readonly kind: "impossible"; readonly why: string };

type Way = (tag: string, credentials: Credentials, initial: boolean) => readonly Uint8Array[];

const WAYS: ReadonlyMap<string, Way> = new Map<string, Way>([
  ["LOGIN command", (tag, { user, secret }) => loginCommand(tag, user, secret.value)],
  ["PLAIN", (tag, { user, secret }, initial) => sasl(tag, "PLAIN", initial, [`\0${user}\0${secret.value}`])],
  ["LOGIN", (tag, { user, secret }) => sasl(tag, "LOGIN", false, [user, secret.value])],
  [
    "XOAUTH2",
    (tag, { user, secret }, initial) =>
      sasl(tag, "XOAUTH2", initial, [`user=${user}\x01auth=Bearer ${secret.value}\x01\x01`]),
  ],
  [
    "OAUTHBEARER",
    (tag, { user, secret }, initial) =>
      sasl(tag, "OAUTHBEARER", initial, [`n,a=${saslName(user)},\x01auth=Bearer ${secret.value}\x01\x01`]),
  ],
]);

const BY_PASSWORD = ["PLAIN", "LOGIN command", "LOGIN"];
const BY_TOKEN = ["OAUTHBEARER", "XOAUTH2"];

/**
 * As it was recorded, where the server offers that and the credentials do; else the best way that it offers. `capabilities` in
 * upper case, empty where the server has not told them.
 */
export function loginFor(
  {
    tag,
    name,
    mechanism,
    initialResponse,
  }: Pick<ClientStep, "tag" | "name" | "mechanism" | "initialResponse">,
  capabilities: ReadonlySet<string>,
  credentials: Credentials,
): Login {
  const recorded = name === "LOGIN" ? "LOGIN command" : mechanism;
  const fitting = credentials.secret.kind === "password" ? BY_PASSWORD : BY_TOKEN;
  const way = [recorded, ...fitting].find((each) => fitting.includes(each) && isOffered(each, capabilities));
  const make = way === undefined ? undefined : WAYS.get(way);
  if (make === undefined) {
    const wanted = fitting.map((each) => (each === "LOGIN command" ? "LOGIN" : `AUTH=${each}`)).join(", ");
    return { kind: "impossible", why: `the server offers none of ${wanted}` };
  }
  const refused = utf8(way === "OAUTHBEARER" ? "AQ==\r\n" : "\r\n");
  const initial = capabilities.has("SASL-IR") && (initialResponse || way !== recorded);
  return { kind: "parts", parts: make(tag, credentials, initial), refused };
}

function isOffered(way: string, capabilities: ReadonlySet<string>): boolean {
  if (way === "LOGIN command") return !capabilities.has("LOGINDISABLED");
  return capabilities.size === 0 || capabilities.has(`AUTH=${way}`);
}

function sasl(tag: string, mechanism: string, initial: boolean, messages: readonly string[]): Uint8Array[] {
  const lines = messages.map((message) => `${toBase64(utf8(message))}\r\n`);
  const [first = "", ...more] = lines;
  const command = `${tag} AUTHENTICATE ${mechanism}`;
  return (initial ? [`${command} ${first}`, ...more] : [`${command}\r\n`, ...lines]).map(utf8);
}

/** What cannot stand in a quoted string is sent as a literal (RFC 9051 §9). */
function loginCommand(tag: string, user: string, password: string): Uint8Array[] {
  const parts = [`${tag} LOGIN`];
  for (const value of [user, password]) {
    const last = parts.length - 1;
    if (/^[\x20-\x7e]*$/.test(value)) parts[last] += ` "${value.replace(/["\\]/g, "\\$&")}"`;
    else {
      parts[last] += ` {${utf8(value).length}}\r\n`;
      parts.push(value);
    }
  }
  parts[parts.length - 1] += "\r\n";
  return parts.map(utf8);
}

/** RFC 5801 §4. */
function saslName(user: string): string {
  return user.replaceAll("=", "=3D").replaceAll(",", "=2C");
}
