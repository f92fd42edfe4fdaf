/**
 * Recognises imapscope's own listeners, so that it never dials itself: a user who leads a server's name here through the
 * hosts file would otherwise get a loop that ends when the sockets run out.
 */
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { isLoopback, plainAddress } from "./endpoint.ts";

/** The code of the failure to dial anything but ourselves. */
export const OWN_LISTENER = "IMAPSCOPE_OWN_LISTENER";

/** Whether an address and port are one of our own listeners. */
export type IsOwnListener = (address: string, port: number) => boolean;

export interface BoundAddress {
  readonly address: string;
  readonly port: number;
}

/** Judges by the listeners bound at the time of the question. */
export function ownListenerTest(bound: () => readonly BoundAddress[]): IsOwnListener {
  return (address, port) => {
    const target = plainAddress(address);
    return bound().some(
      (own) => own.port === port && (plainAddress(own.address) === target || reaches(own.address, target)),
    );
  };
}

/** A listener on all addresses is reached by every address of this machine; dialling `0.0.0.0` is dialling loopback. */
function reaches(bound: string, target: string): boolean {
  if (isWildcard(target)) return isLoopback(bound) || isWildcard(bound);
  return isWildcard(bound) && (isLoopback(target) || isLocal(target));
}

function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function isLocal(target: string): boolean {
  return Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === target));
}

/**
 * A lookup for net.connect that leaves our own listeners out, and fails with code {@link OWN_LISTENER} where nothing
 * else is left.
 */
export function lookupOthers(isOwn: IsOwnListener, port: number): LookupFunction {
  return (hostname, options, callback) => {
    const { all: wantsAll, ...rest } = options;
    lookup(hostname, { ...rest, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, "", 0);
        return;
      }
      const others = found.filter(({ address }) => !isOwn(address, port));
      const first = others[0];
      if (first === undefined)
        callback(Object.assign(new Error("own listener"), { code: OWN_LISTENER }), "", 0);
      else if (wantsAll === true) callback(null, others);
      else callback(null, first.address, first.family);
    });
  };
}
