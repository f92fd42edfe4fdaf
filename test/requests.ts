/** Requests and steps of a script from text, for tests of the replay; each character is one octet. */
import assert from "node:assert/strict";
import { LIMITS } from "../src/core/base/limits.ts";
import { fromLatin1 } from "../src/core/base/octets.ts";
import type { Frame } from "../src/core/imap/frame.ts";
import { createFramer } from "../src/core/imap/framer.ts";
import { type Ignored, NOTHING_IGNORED, readIgnored } from "../src/core/replay/ignore.ts";
import { createLiteralPrints, type LiteralPrint } from "../src/core/replay/literal-print.ts";
import { createMatcher } from "../src/core/replay/match.ts";
import { type Request, readRequest } from "../src/core/replay/request.ts";
import type { Step } from "../src/core/replay/script.ts";

/** A command without its tag; its line end is added. */
export function asked(text: string, ignored: Ignored = NOTHING_IGNORED, chunk = 1 << 20): Request {
  return requestOf(`a1 ${text}\r\n`, ignored, chunk);
}

/** The first command of octets, read in runs of the given size by a client that is logged in. */
export function requestOf(octets: string, ignored: Ignored = NOTHING_IGNORED, chunk = 1 << 20): Request {
  return framed(octets, true, ignored, chunk).request;
}

/** The same with what it is read of. */
export function framed(
  octets: string,
  authenticated = true,
  ignored: Ignored = NOTHING_IGNORED,
  chunk = 1 << 20,
): { readonly frame: Frame; readonly prints: readonly LiteralPrint[]; readonly request: Request } {
  const prints = createLiteralPrints(ignored);
  const found: { frame: Frame; prints: readonly LiteralPrint[]; request: Request }[] = [];
  const take = (frame: Frame) => {
    const own = prints.take();
    found.push({ frame, prints: own, request: readRequest(frame, own, authenticated) });
    return true;
  };
  const framer = createFramer({
    from: "client",
    literalHeadOctets: LIMITS.literalHeadOctets,
    opensLiterals: () => true,
    onAnnounced: () => {},
    onSegment: prints.segment,
    onFrame: take,
  });
  const bytes = fromLatin1(octets);
  for (let at = 0; at < bytes.length; at += chunk) framer.push(bytes.subarray(at, at + chunk), 0);
  framer.finish();
  const [first] = found;
  assert.ok(first !== undefined);
  return first;
}

export function ignoring(...rules: readonly (string | RegExp)[]): Ignored {
  const { ignored, problem } = readIgnored(rules);
  assert.equal(problem, undefined);
  return ignored;
}

/** `name=value` of each field behind the command. */
export function fieldTexts(text: string): readonly string[] {
  return asked(text)
    .fields.slice(1)
    .map(({ name, value }) => `${name}=${value}`);
}

/** Whether two commands are one by their meaning. */
export function areSame(one: string, other: string, ignored: Ignored = NOTHING_IGNORED): boolean {
  return createMatcher("canonical", ignored).matches(asked(one, ignored), asked(other, ignored));
}

/** Rows of commands that mean the same, and of near misses. */
export function assertRows(rows: readonly (readonly [one: string, same: string, other: string])[]): void {
  for (const [one, same, other] of rows) {
    assert.ok(areSame(one, same), `${one}\n  is ${same}`);
    assert.ok(areSame(same, one), `${same}\n  is ${one}`);
    assert.ok(!areSame(one, other), `${one}\n  is not ${other}`);
    assert.ok(!areSame(other, one), `${other}\n  is not ${one}`);
  }
}

/** An exchange of a script; `INBOX` is selected unless the mailbox is `undefined`. */
export function stepOf(id: number, text: string, more: Partial<Step> = {}): Step {
  const request = asked(text);
  return {
    id,
    connection: 1,
    atMicros: id * 1000,
    command: request.command.name,
    request,
    tag: `a${id}`,
    state: "selected",
    mailbox: "INBOX",
    replies: [],
    status: "OK",
    ...more,
  };
}
