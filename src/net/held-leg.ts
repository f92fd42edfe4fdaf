/** A leg as the relay has it: the stream that it listens to, how it stands, and what was read of it. */
import type { Leg } from "../core/base/leg.ts";
import { endedBare } from "./close-notify.ts";
import type { LegSocket } from "./leg-socket.ts";

/** Whoever holds a leg, and is told what happens to it. */
export interface LegHolder {
  take(from: HeldLeg, bytes: Uint8Array): void;
  /** It takes octets again. */
  onDrain(leg: HeldLeg): void;
  onEnd(from: HeldLeg): void;
  onFailure(from: HeldLeg, error: Error): void;
  onClose(leg: HeldLeg): void;
}

interface Listeners {
  readonly data: (bytes: Uint8Array) => void;
  readonly drain: () => void;
  readonly end: () => void;
  readonly error: (error: Error) => void;
  readonly close: () => void;
}

const EVENTS: readonly (keyof Listeners)[] = ["data", "drain", "end", "error", "close"];

export class HeldLeg {
  readonly leg: Leg;
  /** Another one once TLS has begun. */
  socket: LegSocket;
  /** That were read of it and relayed. */
  octets: number;
  /** Whoever needs all octets cannot take more of it now. */
  braked = false;
  halfClosed = false;
  closed = false;
  /** What is read of it now may have been waiting here: it was not taken from, or is so again since this turn. */
  private waited = true;
  private listeners: Listeners | undefined = undefined;

  constructor(leg: Leg, socket: LegSocket, octets: number) {
    this.leg = leg;
    this.socket = socket;
    this.octets = octets;
  }

  get stream(): LegSocket["stream"] {
    return this.socket.stream;
  }

  /** From now on the holder is who reads it. */
  hold(holder: LegHolder): void {
    const { stream } = this;
    const listeners: Listeners = {
      data: (bytes) => holder.take(this, bytes),
      drain: () => holder.onDrain(this),
      end: () => holder.onEnd(this),
      error: (error) => holder.onFailure(this, error),
      close: () => holder.onClose(this),
    };
    this.listeners = listeners;
    for (const name of EVENTS) stream.on(name, listeners[name]);
    // A server that refused while the client shook hands is not going to refuse again; the refusal explains the end behind it.
    const failure = this.socket.failure?.();
    if (failure !== undefined) holder.onFailure(this, failure);
    // Nor is a client that ended its half while the upstream was dialled going to end it again.
    if (stream.readableEnded) holder.onEnd(this);
    if (stream.destroyed) holder.onClose(this);
    this.resume();
  }

  pause(): void {
    this.waited = true;
    this.stream.pause();
  }

  resume(): void {
    const { stream } = this;
    stream.resume();
    // Within this turn it gives what waited, the end too.
    if (this.waited) {
      setImmediate(() => {
        this.waited = stream.isPaused();
      });
    }
  }

  /** At its end: whether it had TLS and ended the TCP connection alone; only where that is certain. */
  endedBare(): boolean {
    return !this.waited && endedBare(this.socket);
  }

  /** Leaves the stream paused, to whom it belongs next. */
  letGo(): void {
    const { stream, listeners } = this;
    if (listeners !== undefined) for (const name of EVENTS) stream.off(name, listeners[name]);
    this.listeners = undefined;
    this.pause();
  }
}
