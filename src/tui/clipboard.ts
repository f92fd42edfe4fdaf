/** OSC 52: text for the clipboard of the terminal in front of which somebody sits, through ssh and tmux too. */

/** Octets of text: xterm and others take 100,000 octets of base64 at most. */
export const CLIPBOARD_OCTETS = 74_000;

/** What asks the terminal to take a text; `undefined` where it is too long for that. */
export function clipboardSequence(text: string, inTmux: boolean): string | undefined {
  const octets = Buffer.from(text);
  if (octets.length > CLIPBOARD_OCTETS) return undefined;
  const ask = `\x1b]52;c;${octets.toString("base64")}\x07`;
  // tmux takes it itself (set-clipboard on), or lets it pass when wrapped (allow-passthrough on): whichever is allowed.
  return inTmux ? `${ask}\x1bPtmux;\x1b${ask}\x1b\\` : ask;
}
