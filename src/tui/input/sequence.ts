/** What the `CSI` sequences that a terminal sends mean: keys, the mouse, or nothing to us. */
import type { Input } from "../terminal-types.ts";
import { characterKey, letterKey, modifiersOf, type Named, numberKey } from "./key-names.ts";

const WHEEL = 0x40;
const MOTION = 0x20;
/** Which button, without the bits of the modifiers. */
const BUTTON = 0x03;

/** `parameters` and `final` of a whole `CSI` sequence. `undefined` for what is no input of ours: focus, reports, releases. */
export function sequenceInput(parameters: string, final: string): Input | undefined {
  if (parameters.startsWith("<")) return sgrMouse(parameters.slice(1), final);
  // Replies of the terminal, `CSI ? … c` and the like, and what is no sequence of any terminal.
  if (/[^0-9;:]/.test(parameters)) return undefined;
  const [first = "", second, third] = parameters.split(";");
  const [modifier, event] = (second ?? "").split(":");
  // A key that was let go (the kitty protocol tells on request).
  if (event === "3") return undefined;
  const modifiers = modifiersOf(modifier);
  if (final === "u") {
    const code = Number.parseInt(first, 10) || 0;
    // Numbers of the private use area stand for keys like Shift alone.
    return code >= 0xe000 && code < 0xf900 ? undefined : key(characterKey(code, modifiers));
  }
  // xterm's modifyOtherKeys.
  if (final === "~" && first === "27")
    return key(characterKey(Number.parseInt(third ?? "", 10) || 0, modifiers));
  if (final === "~") return key(numberKey(first, modifiers));
  // With another number it is a reply: `CSI 12 ; 40 R` says where the cursor is.
  return first === "" || first === "1" ? key(letterKey(final, modifiers)) : undefined;
}

/** `CSI < button ; x ; y M`, with `m` where the button is let go. */
function sgrMouse(parameters: string, final: string): Input | undefined {
  const [button = -1, x = 0, y = 0] = parameters.split(";").map(Number);
  return final === "M" ? mouseInput(button, x - 1, y - 1) : undefined;
}

/** Only the wheel and the first button mean something; cells from 0. */
export function mouseInput(button: number, x: number, y: number): Input | undefined {
  if (!(Number.isInteger(button) && button >= 0 && x >= 0 && y >= 0)) return undefined;
  if ((button & MOTION) !== 0) return undefined;
  const which = button & BUTTON;
  if ((button & WHEEL) !== 0) {
    return which > 1 ? undefined : { kind: which === 0 ? "wheelUp" : "wheelDown", x, y };
  }
  return which === 0 && button < WHEEL ? { kind: "click", x, y } : undefined;
}

function key(named: Named | undefined): Input | undefined {
  return named === undefined ? undefined : { kind: "key", ...named };
}
