/**
 * imapscope's own STARTTLS, where a client that speaks TLS is to be joined to a server that begins in the clear: before the
 * client hears anything, the greeting is read, STARTTLS is asked for, and TLS can begin. What was said for that is told as
 * what it is, and the client gets the greeting without the list of capabilities that is void since (RFC 9051 §6.2.1).
 */
import type { Sender } from "../core/base/leg.ts";
import { concat, latin1, NO_OCTETS, utf8 } from "../core/base/octets.ts";
import type { Micros } from "../core/base/time.ts";
import type { Clock } from "./clock.ts";
import type { LegSocket } from "./leg-socket.ts";
import { createLineReader, type LineReader } from "./line-reader.ts";
import type { StopSignal } from "./stop-signal.ts";
import type { Tap } from "./tap.ts";

/** What came of it. `plain`: the server does not do STARTTLS, `code` says why; its leg can be relayed as it is. */
export type OwnStartTls =
  | { readonly kind: "ready" | "plain"; readonly code: string; readonly talk: OwnTalk }
  | { readonly kind: "failed"; readonly code: string; readonly detail: string; readonly talk: OwnTalk };

/** What was said, to be told once it is known what becomes of the greeting. */
export interface OwnTalk {
  /**
   * Tells all of it in the order in which it was said. The greeting counts as relayed where the client gets it, without
   * its capabilities where TLS came behind it. Returns the octets that the client gets.
   */
  readonly tell: (tap: Tap, greeting: "whole" | "withoutCapabilities" | "kept") => Uint8Array;
  /** Octets in clear text behind the answer to STARTTLS, which were dropped. */
  readonly injectedOctets: number;
}

interface Said {
  readonly from: Sender;
  readonly bytes: Uint8Array;
  readonly atMicros: Micros;
}

const CAPABILITY_TAG = "imapscope1";
const STARTTLS_TAG = "imapscope2";

/** A greeting that holds the list of capabilities, up to the octet behind the code and its space. */
const CODE = /^(\* OK )(\[CAPABILITY ([^\]\r\n]*)\] ?)/i;

/** Asks for STARTTLS on a leg of which nothing was read yet; an abort destroys it. Never rejects. */
export async function askForStartTls(
  leg: LegSocket,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: StopSignal },
): Promise<OwnStartTls> {
  const reader = createLineReader(leg.stream, options);
  const said: Said[] = [];
  let injected: Said | undefined;

  async function hear(): Promise<string | undefined> {
    const line = await reader.next();
    if (line !== undefined) said.push({ from: "server", ...line });
    return line && latin1(line.bytes);
  }

  /** Says a command; gives the untagged lines and, last, the tagged one. */
  async function ask(tag: string, command: string): Promise<readonly string[]> {
    const bytes = utf8(`${tag} ${command}\r\n`);
    said.push({ from: "client", bytes, atMicros: options.clock.micros() });
    leg.stream.write(bytes);
    const lines: string[] = [];
    for (;;) {
      const line = await hear();
      if (line === undefined) return lines;
      lines.push(line);
      if (line.startsWith(`${tag} `)) return lines;
    }
  }

  async function settle(): Promise<string> {
    const greeting = await hear();
    if (greeting === undefined) return "IMAPSCOPE_NO_GREETING";
    if (/^\* PREAUTH\b/i.test(greeting)) return "IMAPSCOPE_PREAUTH";
    if (/^\* BYE\b/i.test(greeting)) return "IMAPSCOPE_BYE";
    if (!/^\* OK\b/i.test(greeting)) return "IMAPSCOPE_NO_STARTTLS";
    const list =
      CODE.exec(greeting)?.[3] ??
      (await ask(CAPABILITY_TAG, "CAPABILITY")).find((line) => /^\* CAPABILITY /i.test(line)) ??
      "";
    if (!/(^| )STARTTLS\b/i.test(list)) return "IMAPSCOPE_NO_STARTTLS";
    const answer = (await ask(STARTTLS_TAG, "STARTTLS")).at(-1) ?? "";
    const accepted = answer.toUpperCase().startsWith(`${STARTTLS_TAG.toUpperCase()} OK`);
    return accepted ? "" : "IMAPSCOPE_STARTTLS_REFUSED";
  }

  const code = await settle();
  const failure = reader.failure();
  if (code === "") {
    const rest = reader.take();
    if (rest.length > 0) injected = { from: "server", bytes: rest, atMicros: options.clock.micros() };
  }
  reader.release();
  const talk: OwnTalk = {
    injectedOctets: injected?.bytes.length ?? 0,
    tell: (tap, greeting) => tellAll(tap, injected === undefined ? said : [...said, injected], greeting),
  };
  if (code === "IMAPSCOPE_BYE") {
    return {
      kind: "failed",
      code,
      detail: latin1(said[0]?.bytes ?? NO_OCTETS)
        .slice(6)
        .trim(),
      talk,
    };
  }
  if (failure !== undefined)
    return { kind: "failed", code: codeFor(said, failure, reader), detail: "", talk };
  return { kind: code === "" ? "ready" : "plain", code, talk };
}

/** A server that closes before its greeting is told as one that greets nobody. */
function codeFor(said: readonly Said[], failure: string, reader: LineReader): string {
  return said.length === 0 && reader.ended() ? "IMAPSCOPE_NO_GREETING" : failure;
}

function tellAll(
  tap: Tap,
  said: readonly Said[],
  greeting: "whole" | "withoutCapabilities" | "kept",
): Uint8Array {
  const given: Uint8Array[] = [];
  for (const [index, { from, bytes, atMicros }] of said.entries()) {
    if (index > 0 || greeting === "kept") {
      tap.data(from, bytes, atMicros, {
        relayed: false,
        ...(from === "client" ? { byImapscope: true } : {}),
      });
      continue;
    }
    const [start, end] = greeting === "whole" ? [0, 0] : codeSpan(bytes);
    const runs = [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)] as const;
    if (runs[0].length > 0) tap.data(from, runs[0], atMicros);
    if (runs[1].length > 0) tap.data(from, runs[1], atMicros, { relayed: false });
    tap.data(from, runs[2], atMicros);
    given.push(runs[0], runs[2]);
  }
  return given.length === 0 ? NO_OCTETS : concat(given);
}

/** Where in a greeting the code with its capabilities is. */
function codeSpan(bytes: Uint8Array): readonly [start: number, end: number] {
  const [, before = "", code = ""] = CODE.exec(latin1(bytes)) ?? [];
  return [before.length, before.length + code.length];
}
