/** Tells once of a server that has been reached and says nothing. It ends nothing: a peer may be silent for as long as it likes. */
import type { LegSocket } from "./leg-socket.ts";

const SIGNS = ["data", "end", "close"];

/** Watches a stream that somebody reads already, until its first octet or its end. */
export function watchSilence({ stream }: LegSocket, silentMs: number, tell: () => void): void {
  const timer = setTimeout(tell, silentMs);
  const stop = (): void => {
    clearTimeout(timer);
    for (const sign of SIGNS) stream.off(sign, stop);
  };
  for (const sign of SIGNS) stream.on(sign, stop);
}
