/** Where the time of an exchange went, in one sentence: what a person wants to know of a slow one. */
import type { Exchange } from "../exchange/exchange.ts";
import { formatDuration } from "./duration.ts";
import { formatOctets } from "./octets.ts";

/** Nothing where it is not over, was IDLE, or no phase took most of it. */
export function verdictOf({ timings, octets }: Exchange): string | undefined {
  const { totalMicros: total, uploadMicros: upload = 0, waitMicros: wait = 0, gapMicros: gap } = timings;
  if (total === undefined || total <= 0 || timings.idleMicros !== undefined) return undefined;
  const download = timings.downloadMicros ?? 0;
  const most = Math.max(upload, wait, download);
  if (most * 2 < total) return undefined;
  const share = `${formatDuration(most)} of ${formatDuration(total)}`;
  if (most === wait) {
    const others = gap === 0 ? " Other commands were in flight then: it may have had to wait for those." : "";
    return `The server: ${share} until its answer began.${others}`;
  }
  if (most === download)
    return `The answer: ${share} for its ${formatOctets(octets.serverToClient)} octets to come.`;
  const waits = timings.continuationMicros.reduce((sum, each) => sum + each, 0);
  const asked = waits * 2 > upload ? `; ${formatDuration(waits)} of that until the server let it go on` : "";
  return `The client: ${share} for its ${formatOctets(octets.clientToServer)} octets to come${asked}.`;
}
