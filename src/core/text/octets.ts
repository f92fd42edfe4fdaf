/** Counts of octets as people read them; k, M and G are powers of 1000, as in filters. */

const UNITS = ["", "k", "M", "G", "T"] as const;

/** `512`, `1.2k`, `34.5k`, `123k`, `30.0M`: at most five characters. */
export function formatOctets(octets: number): string {
  let value = octets;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const name = UNITS[unit] ?? "";
  return unit === 0 || value >= 99.95 ? `${Math.round(value)}${name}` : `${value.toFixed(1)}${name}`;
}

/** `30,000,000`. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
