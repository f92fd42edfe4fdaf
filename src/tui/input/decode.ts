/**
 * Octets that a terminal sends, as what a person did. This stands in place of blessed's parser, which gives Enter twice and
 * astral characters in halves, does not know of pastes, and emits keys out of half a sequence; and it can be tested without
 * a terminal.
 */
import type { Input } from "../terminal-types.ts";
import { ALT, characterKey, letterKey } from "./key-names.ts";
import { mouseInput, sequenceInput } from "./sequence.ts";

export interface InputDecoder {
  readonly write: (octets: Uint8Array) => readonly Input[];
  /** What has begun and may go on: {@link flush} it when nothing has come for a moment, longer for a paste. */
  readonly pending: () => "paste" | "sequence" | undefined;
  /** Takes what has begun as all there is: Escape alone is a key, and a paste is given as far as it has come. */
  readonly flush: () => readonly Input[];
}

/** Characters of one paste; what comes behind them is dropped. */
export const PASTE_CHARACTERS = 65_536;
/** Characters of one sequence, of replies like OSC and DCS: no terminal sends longer ones unasked. */
const SEQUENCE_CHARACTERS = 4096;

const PASTE_BEGINS = "\x1b[200~";
const PASTE_ENDS = "\x1b[201~";
/** OSC, DCS, SOS, PM and APC: replies to questions that we do not ask. */
const STRINGS = "]PX^_";
const CSI = /^\x1b\[([ -?]*)([@-~])/;
const CSI_BEGUN = /^\x1b\[[ -?]*$/;
const STRING = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/;
const STRING_BEGUN = /^\x1b[\]PX^_][^\x07\x1b]*\x1b?$/;
/** What a pasted text may not hold: all controls but tab and line end. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** A step of decoding: what it gives and how many characters it takes; none where more has to come. */
interface Step {
  readonly input?: Input | undefined;
  readonly taken: number;
}
const MORE: Step = { taken: 0 };

export function createInputDecoder(): InputDecoder {
  const utf8 = new TextDecoder();
  let held = "";
  let paste: string | undefined;
  /** Enter may come as CR LF. */
  let afterReturn = false;

  function decode(whole: boolean): Input[] {
    const inputs: Input[] = [];
    while (held !== "") {
      const { input, taken } = paste === undefined ? next(whole) : pasted(paste);
      if (taken === 0) break;
      held = held.slice(taken);
      if (input !== undefined) inputs.push(input);
    }
    return inputs;
  }

  function next(whole: boolean): Step {
    if (held.startsWith(PASTE_BEGINS)) {
      paste = "";
      afterReturn = false;
      return { taken: PASTE_BEGINS.length };
    }
    const step = readStep(held, whole);
    const lineFeed = held.startsWith("\n") && afterReturn;
    afterReturn = held.startsWith("\r");
    return lineFeed ? { taken: 1 } : step;
  }

  /** Nothing within a paste is a key, whatever it looks like. */
  function pasted(before: string): Step {
    const end = held.indexOf(PASTE_ENDS);
    const taken = end === -1 ? held.length - begunOf(PASTE_ENDS, held) : end;
    const text = before + held.slice(0, Math.min(taken, PASTE_CHARACTERS - before.length));
    if (end === -1) {
      paste = text;
      return { taken };
    }
    paste = undefined;
    return { input: pasteInput(text), taken: end + PASTE_ENDS.length };
  }

  return {
    write: (octets) => {
      held += utf8.decode(octets, { stream: true });
      const inputs = decode(false);
      return held.length > SEQUENCE_CHARACTERS ? [...inputs, ...decode(true)] : inputs;
    },
    pending: () => {
      if (held === "" && (paste ?? "") === "") return undefined;
      return paste === undefined ? "sequence" : "paste";
    },
    flush: () => {
      if (paste === undefined) return decode(true);
      // The end mark was lost, or is late: what has come so far is given, and what comes is still no command. Only Escape,
      // alone, which no terminal sends within a paste, leads out.
      const inputs = paste === "" ? [] : [pasteInput(paste)];
      paste = "";
      if (held !== "\x1b") return inputs;
      paste = undefined;
      return [...inputs, ...decode(true)];
    },
  };
}

/** The first thing in a text that is not empty; with `whole` nothing follows it. */
function readStep(text: string, whole: boolean): Step {
  if (!text.startsWith("\x1b")) return keyStep(text, 0, 0);
  const second = text[1];
  if (second === undefined) return whole ? keyStep(text, 0, 0) : MORE;
  if (second === "[") return readCsi(text, whole);
  if (second === "O") return readSs3(text, whole);
  if (STRINGS.includes(second)) {
    const string = STRING.exec(text);
    if (string !== null) return { taken: string[0].length };
    if (STRING_BEGUN.test(text) && !whole) return MORE;
    // Long and without an end: no key with Alt either.
    if (text.length > 2) return { taken: text.length };
  }
  // Escape and something right behind it is Alt; Escape twice is Escape, and what comes then.
  return second === "\x1b" ? keyStep(text, 0, 0) : keyStep(text, 1, ALT);
}

function readCsi(text: string, whole: boolean): Step {
  // X10 mouse, from terminals that do not know SGR: three characters that say it all.
  if (text.startsWith("\x1b[M")) {
    if (text.length >= 6) {
      const [button = 0, x = 0, y = 0] = [3, 4, 5].map((at) => text.charCodeAt(at) - 32);
      return { input: mouseInput(button, x - 1, y - 1), taken: 6 };
    }
    return whole ? { taken: text.length } : MORE;
  }
  // The function keys of the Linux console.
  const linux = /^\x1b\[\[([A-E])/.exec(text);
  if (linux !== null) {
    const number = (linux[1] ?? "A").charCodeAt(0) - 0x40;
    return { input: { kind: "key", name: `f${number}`, text: undefined }, taken: 4 };
  }
  if (text === "\x1b[[" && !whole) return MORE;
  const csi = CSI.exec(text);
  if (csi !== null) return { input: sequenceInput(csi[1] ?? "", csi[2] ?? ""), taken: csi[0].length };
  if (CSI_BEGUN.test(text)) {
    if (!whole) return MORE;
    return text.length === 2 ? keyStep(text, 1, ALT) : { taken: text.length };
  }
  // A control within, or what is no ASCII: it was no sequence, and what it was is no key.
  return { taken: text.slice(2).search(/[^ -?]/) + 2 };
}

function readSs3(text: string, whole: boolean): Step {
  const letter = text[2];
  if (letter === undefined) return whole ? keyStep(text, 1, ALT) : MORE;
  // The number pad as an application's sends `j` to `y` for `*` to `9`.
  const named = /[j-y]/.test(letter) ? characterKey(letter.charCodeAt(0) - 0x40) : letterKey(letter, 0);
  return { input: named === undefined ? undefined : { kind: "key", ...named }, taken: 3 };
}

/** The character at a place as a key; whatever stands before it is taken too. */
function keyStep(text: string, at: number, modifiers: number): Step {
  const code = text.codePointAt(at) ?? 0;
  const named = characterKey(code, modifiers);
  return {
    input: named === undefined ? undefined : { kind: "key", ...named },
    taken: at + (code > 0xffff ? 2 : 1),
  };
}

function pasteInput(text: string): Input {
  return { kind: "paste", text: text.replace(/\r\n?/g, "\n").replace(CONTROLS, "") };
}

/** How many characters at the end of a text may be the beginning of a mark. */
function begunOf(mark: string, text: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
