/** Octets to values without a connection around them: frames, one command, one response. */
import type { Sender } from "../core/base/leg.ts";
import type { Command } from "../core/imap/command.ts";
import type { Parsed } from "../core/imap/defect.ts";
import type { Frame } from "../core/imap/frame.ts";
import { frameOf, framesOf } from "../core/imap/frame-of.ts";
import { parseCommand as parseCommandFrame } from "../core/imap/parse-command.ts";
import { parseResponse as parseResponseFrame } from "../core/imap/parse-response.ts";
import type { Response } from "../core/imap/response.ts";
import type { Octets } from "./octets.ts";

/**
 * Cuts octets of one sender into frames: lines with their literals (RFC 9051 §2.2, §4.3). What is not whole at the end is
 * a frame too, whose `end` is `cut`. Never throws; takes linear time. Every client literal is taken as accepted: whether
 * the server refused one only the whole dialogue tells (see `observeConnection`).
 */
export function readFrames(from: Sender, octets: Octets): readonly Frame[] {
  return framesOf(from, octets);
}

/**
 * Parses a command of a client: the first one of the octets (RFC 9051 §6, §9). Its line end may be missing. Never throws:
 * what is wrong with it is among the defects.
 */
export function parseCommand(command: Octets | Frame): Parsed<Command> {
  return parseCommandFrame(unitOf("client", command));
}

/**
 * Parses a response of a server: the first one of the octets (RFC 9051 §7, §9), an untagged or tagged one or a
 * continuation request. Its line end may be missing. Never throws: what is wrong with it is among the defects.
 */
export function parseResponse(response: Octets | Frame): Parsed<Response> {
  return parseResponseFrame(unitOf("server", response));
}

function unitOf(from: Sender, unit: Octets | Frame): Frame {
  if (typeof unit !== "string" && !(unit instanceof Uint8Array)) return unit;
  const frame = frameOf(from, unit);
  // One that lacks nothing but its line end is whole for those who ask about one line.
  const complete = frame.end === "cut" && frame.literals.every(({ octets, received }) => octets === received);
  return complete ? { ...frame, end: "crlf" } : frame;
}
