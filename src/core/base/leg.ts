/** The two sides of a connection, and the words for who sends to whom. */

/** One of the two sockets of a connection: towards the mail client, or towards the upstream server. */
export type Leg = "client" | "server";

/** Who sent octets: the peer of that leg. */
export type Sender = Leg;

export type Direction = "clientToServer" | "serverToClient";

/** Numbers the connections of one capture from 1. */
export type ConnectionId = number;

/** A half-open range of octet offsets: `[start, end)`. */
export type Span = readonly [start: number, end: number];

export function directionOf(from: Sender): Direction {
  return from === "client" ? "clientToServer" : "serverToClient";
}
