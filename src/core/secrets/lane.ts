/** What the masker knows of one direction between two runs of it. */
import { OctetBuffer } from "../base/octet-buffer.ts";
import { HeldLine } from "./held-line.ts";
import { SECRET_OCTETS } from "./known-secrets.ts";
import { type Follow, PASSES, type SecretForm } from "./plan.ts";

/** One direction: where in a line or literal it is, and what was decided about it. */
export interface Lane {
  readonly held: HeldLine;
  /** `open` until the plan of the current line is known. */
  mode: "open" | "pass" | "secret";
  /** What the last line said of its literal and of the line behind that. */
  follow: Follow;
  /** The current secret: its first octets and its last. */
  readonly secret: OctetBuffer;
  form: SecretForm | undefined;
  openWords: readonly string[];
  /** The current secret is a whole line of the client, its tag included. */
  whole: boolean;
  /** A user's name that was announced too long: what follows its first space or control is covered octet by octet. */
  covering: boolean;
  /** A secret literal of no octets was announced: its mask stands with what follows it. */
  emptyLiteral: boolean;
}

/** Enough for the longest literal header and a line end behind a secret that is not kept whole. */
const LINE_END_OCTETS = 32;

const NO_WORDS: readonly string[] = [];

/** A direction at the beginning of a line. */
export function createLane(): Lane {
  return {
    held: new HeldLine(),
    mode: "open",
    follow: PASSES,
    secret: new OctetBuffer(SECRET_OCTETS, LINE_END_OCTETS),
    form: undefined,
    openWords: NO_WORDS,
    whole: false,
    covering: false,
    emptyLiteral: false,
  };
}
