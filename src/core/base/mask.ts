/** What a secret becomes, whatever its length: neither it nor its length survives (docs/capture-format.md). */
export const MASK = "xxxxxxxx";
