/** Tells once of a peer that has been reached and says nothing. It ends nothing: a peer may be silent for as long as it likes. */
import type { Socket } from "node:net";
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

/** Gives what is awaited; tells where it has not come by then. */
export async function watchWaiting<T>(awaited: Promise<T>, silentMs: number, tell: () => void): Promise<T> {
  const timer = setTimeout(tell, silentMs);
  try {
    return await awaited;
  } finally {
    clearTimeout(timer);
  }
}

/** Tells where nothing at all has been read of a socket by then, whoever reads it, and it is still there; stops when it is asked to. */
export function watchFirstOctet(raw: Socket, silentMs: number, tell: () => void): () => void {
  let late: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    // If it was ourselves who took so long, what it sent is read before this.
    late = setImmediate(() => {
      if (raw.bytesRead === 0 && !raw.readableEnded) tell();
    });
  }, silentMs);
  const stop = (): void => {
    clearTimeout(timer);
    clearImmediate(late);
    raw.off("close", stop);
  };
  raw.on("close", stop);
  return stop;
}
