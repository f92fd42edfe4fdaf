/** A value as it has to be typed so that it stands for itself. */

const NEEDS_QUOTES = /[\s()"]/;
/** What cannot be typed into a line, and could not be read there. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** The text of a value that matches it whole; in quotes where it needs them, and where they are open already. */
export function writeValue(value: string, quoted = false): string {
  const pattern = value.replace(/[\\*]/g, "\\$&").replace(CONTROLS, "*");
  if (!quoted && pattern !== "" && !NEEDS_QUOTES.test(pattern)) return pattern;
  return `"${pattern.replace(/"/g, '\\"')}"`;
}
