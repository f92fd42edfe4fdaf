/**
 * Whether a client left right behind its TLS handshake, as those do which look at the certificate only then, and not because of what it
 * was told.
 */
import type { Clock } from "./clock.ts";

/** After which a client that says nothing may as well have grown tired. */
const AT_ONCE_MICROS = 5e6;

/** A TLSSocket, as far as it matters here. */
interface SecureStream {
  readonly bytesWritten: number;
  readonly destroyed: boolean;
  readonly getProtocol: () => string | null;
  readonly on: (event: string, listener: () => void) => unknown;
  readonly off: (event: string, listener: () => void) => unknown;
}

const ENDS = ["end", "error", "close"];

/**
 * Watches until the client says something, and from the turn on in which the handshake is through and the greeting may go
 * out. In TLS 1.3 it is the client whose word is the last, with which its end comes: in the turn of the event loop behind
 * this one all is read that has come by then, and only a client that is quicker than this process can have answered the
 * greeting. In older TLS it leaves when ours is there, which the greeting follows.
 */
export function watchLeaving(stream: SecureStream, clock: Clock): () => boolean {
  const sinceMicros = clock.micros();
  const hasLastWord = stream.destroyed || stream.getProtocol() === "TLSv1.3";
  let behind = false;
  let left = false;
  const stop = (): void => {
    stream.off("data", stop);
    for (const sign of ENDS) stream.off(sign, onLeft);
  };
  const onLeft = (): void => {
    stop();
    const soon = clock.micros() - sinceMicros < AT_ONCE_MICROS;
    left = !behind || (soon && (!hasLastWord || stream.bytesWritten === 0));
  };
  stream.on("data", stop);
  for (const sign of ENDS) stream.on(sign, onLeft);
  setImmediate(() => {
    setImmediate(() => {
      behind = true;
    });
  });
  return () => left;
}
