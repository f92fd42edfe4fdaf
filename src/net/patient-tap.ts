/**
 * The tap of a connection whose relayed octets are looked at when the relay is at rest. All that is told or asked besides is
 * preceded by what came before it, of any connection: whoever is behind the tap gets everything in the order of arrival.
 */
import type { Leg, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ServerFrame, StartTlsState, Taken } from "../core/intake.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { Rest } from "./rest.ts";
import type { Exception, RelayTap, Tap } from "./tap.ts";

export function createPatientTap(tap: Tap, rest: Rest): RelayTap {
  return new PatientTap(tap, rest);
}

class PatientTap implements RelayTap {
  private readonly tap: Tap;
  private readonly rest: Rest;

  constructor(tap: Tap, rest: Rest) {
    this.tap = tap;
    this.rest = rest;
  }

  relayed(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    this.rest.put(() => this.look(from, bytes, atMicros), bytes.length, atMicros);
  }

  /** A change of the transport that nobody can obey any more is only told; the octets behind it went on as they are. */
  private look(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    let unseen = bytes;
    while (unseen.length > 0) {
      const taken = this.tap.data(from, unseen, atMicros);
      unseen = unseen.subarray(taken.switch === undefined ? unseen.length : taken.consumed);
    }
  }

  take(event: WireEvent): Taken {
    return this.now().take(event);
  }

  data(from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception): Taken {
    return this.now().data(from, bytes, atMicros, as);
  }

  dropped(from: Sender, octets: number): void {
    this.now().dropped(from, octets);
  }

  startTls(leg: Leg, atMicros?: Micros): void {
    this.now().startTls(leg, atMicros);
  }

  end(from: Sender, bare?: boolean): void {
    this.now().end(from, bare);
  }

  error(leg: Leg, code: string, message: string): void {
    this.now().error(leg, code, message);
  }

  close(by: Leg | "imapscope", reason: string): void {
    this.now().close(by, reason);
  }

  serverFrame(): ServerFrame {
    return this.now().serverFrame();
  }

  startTlsState(): StartTlsState {
    return this.now().startTlsState();
  }

  private now(): Tap {
    this.rest.catchUp();
    return this.tap;
  }
}
