/** What becomes of a client for whom there are no file descriptors: it is told where it can be, and gone at once. */
import type { Socket } from "node:net";
import { byeLine } from "./bye.ts";
import { formatEndpoint, type ListenerEndpoint } from "./endpoint.ts";
import type { Notice } from "./notice.ts";

/** Its own descriptor must not be kept a moment longer: it is one too many already. */
export function turnAway(socket: Socket, listener: ListenerEndpoint): void {
  socket.on("error", () => undefined);
  // To a client with TLS nothing can be said without a handshake.
  if (listener.scheme === "imap") socket.write(byeLine("too many connections are open"));
  socket.destroy();
}

export function crowdNotice(listener: ListenerEndpoint, maximum: number, times: number): Notice {
  const clients = times === 1 ? "A client was" : `${times} clients were`;
  return {
    level: "error",
    text: `${clients} turned away from ${formatEndpoint(listener)}: there are file descriptors for ${maximum} connections at once. New ones are served as others end; raise the limit to have more (ulimit -n).`,
  };
}
