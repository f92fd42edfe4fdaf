/** A name for a new capture that is seldom taken: when it was, by the clock of what is looked at. */
import type { Facts } from "./facts.ts";

export function captureName({ startedAt, nowMicros }: Pick<Facts, "startedAt" | "nowMicros">): string {
  if (startedAt === undefined) return "imapscope.imapcap";
  const now = new Date(startedAt.getTime() + nowMicros() / 1000);
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
  return `imapscope-${digits(date)}-${digits(time)}.imapcap`;
}

function digits(numbers: readonly number[]): string {
  return numbers.map((number) => String(number).padStart(2, "0")).join("");
}
