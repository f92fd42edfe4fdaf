/** Tells once of a server that has been reached and says nothing. It ends nothing: a peer may be silent for as long as it likes. */
import type { LegSocket } from "./leg-socket.ts";

/** Watches a stream that somebody reads already, until its first octet or its end. */
export function watchSilence({ stream }: LegSocket, silentMs: number, tell: () => void): void {
  const timer = setTimeout(tell, silentMs);
  const stop = (): void => clearTimeout(timer);
  for (const sign of ["data", "end", "close"]) stream.once(sign, stop);
}
