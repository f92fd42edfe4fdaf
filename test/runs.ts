/**
 * How often a law is tried: a share of its full count in `npm test`, which is to be quick, and all of it or more where
 * `IMAPSCOPE_LAW_FACTOR` says so (1 is the full count; .ci/run asks for that).
 */
const QUICK = 0.1;

/** Whether everything is to be tried that there is. */
export function isFull(): boolean {
  return runs(1) >= 1 && process.env["IMAPSCOPE_LAW_FACTOR"] !== undefined;
}

export function runs(fullCount: number): number {
  return Math.ceil(fullCount * Number(process.env["IMAPSCOPE_LAW_FACTOR"] ?? QUICK));
}
