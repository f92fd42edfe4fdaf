/**
 * Whether a peer ended its TLS, with the alert close_notify (RFC 8446 §6.1), or the TCP connection beneath it alone, which anybody
 * on the way can do: Node says `end` to both.
 */
import type { Socket } from "node:net";
import type { LegSocket } from "./leg-socket.ts";

/**
 * To be asked within the turn in which the end of the leg's stream was read; later the end of TCP may have followed an alert.
 * What is no TLS cannot end bare. It asks the handle of the TCP socket, which Node keeps to itself: beneath an alert libuv reads on, at
 * the end of TCP it has stopped. Where there is no such handle, nothing is claimed.
 */
export function endedBare({ stream, raw }: LegSocket): boolean {
  if (stream === raw) return false;
  // What is begun here reads the same end again, to which nobody listens any more.
  return handleOf(raw)?.readStart?.() === 0;
}

interface Handle {
  /** 0 where reading was begun by it, an error of the system's where it was under way. */
  readonly readStart?: () => number;
}

function handleOf(raw: Socket & { readonly _handle?: Handle | null }): Handle | undefined {
  return raw._handle ?? undefined;
}
