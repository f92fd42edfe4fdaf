/**
 * One client of a replay: its socket, TLS and compression. What the client says goes to the player, and what the player has to
 * say is done one saying after the other, no faster than the client reads.
 */
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { constants, createInflateRaw } from "node:zlib";
import { NO_OCTETS } from "../core/base/octets.ts";
import type { Player } from "../core/replay/player.ts";
import type { Saying } from "../core/replay/saying.ts";
import { byeLine } from "./bye.ts";
import { shakeHands } from "./client-handshake.ts";
import { Worker } from "./fair-turns.ts";
import { createGatheredWriter, type GatheredWriter } from "./gathered-writer.ts";
import { codeOf, endWithin, tuneSocket } from "./leg-socket.ts";
import type { ReplayConnectionOptions } from "./replay-options.ts";

export interface ReplayConnection {
  /** Resolves when it is over, with why where it did not end in order. Never rejects. */
  readonly done: Promise<string | undefined>;
  /** Ends it, with a BYE where that can be said. */
  readonly stop: (reason: string) => void;
}

/** A TLS record of a handshake (RFC 8446 §5.1). */
const HANDSHAKE = 0x16;

export function openReplayConnection(raw: Socket, options: ReplayConnectionOptions): ReplayConnection {
  const connection = new Served(raw, options);
  return { done: connection.run(), stop: (reason) => connection.stop(reason) };
}

class Served {
  private readonly raw: Socket;
  private readonly options: ReplayConnectionOptions;
  private readonly aborted = new AbortController();
  private stream: Duplex;
  /** What is read: the stream, or what inflates it. */
  private source: Duplex;
  private writer: GatheredWriter;
  private player: Player | undefined;
  private readonly worker: Worker;
  private performing = false;
  private pausing = false;
  /** The client has ended its half: all that it is still owed is said first. */
  private ended = false;
  private failure: string | undefined;
  private wake: () => void = () => {};

  constructor(raw: Socket, options: ReplayConnectionOptions) {
    this.raw = raw;
    this.options = options;
    this.stream = raw;
    this.source = raw;
    this.worker = new Worker(options.turns);
    this.writer = createGatheredWriter(raw, this.aborted.signal);
  }

  async run(): Promise<string | undefined> {
    const { raw, options } = this;
    tuneSocket(raw);
    const closed = new Promise<void>((resolve) => raw.once("close", () => resolve()));
    raw.on("error", (error) => this.fail(codeOf(error)));
    raw.setTimeout(options.idleTimeoutMs, () => this.timeOut());
    if (!options.secure || (await this.secure())) {
      this.player = options.createPlayer();
      this.listen();
      void this.perform();
    }
    await closed;
    this.aborted.abort();
    return this.failure;
  }

  private timeOut(): void {
    // Then it is the replay that waits, as was recorded.
    if (this.pausing) return;
    this.options.onTimeout();
    this.fail("it said nothing for too long");
    this.stop("the client has said nothing for too long");
  }

  stop(reason: string): void {
    const quiet = this.player !== undefined && !this.performing && this.source === this.stream;
    if (quiet && this.stream.writable) this.stream.write(byeLine(reason));
    this.end();
  }

  /** Shakes hands; the socket is destroyed where that fails. */
  private async secure(): Promise<boolean> {
    const { contextFor, handshakeTimeoutMs } = this.options;
    const shaken = await shakeHands(this.raw, {
      contextFor,
      timeoutMs: handshakeTimeoutMs,
      upstreamCertificate: undefined,
    }).catch((error: unknown) => ({ kind: "notShaken" as const, message: String(error) }));
    if (shaken.kind === "notShaken") {
      this.fail(`TLS: ${shaken.message}`);
      this.raw.destroy();
      return false;
    }
    this.stream = shaken.socket;
    this.source = shaken.socket;
    shaken.socket.on("error", (error) => this.fail(codeOf(error)));
    this.writer.moveTo(shaken.socket);
    return true;
  }

  private listen(): void {
    this.source.on("data", this.onData);
    this.source.once("end", this.onEnd);
  }

  /** Others read from here on. */
  private leave(): void {
    this.source.off("data", this.onData);
    this.source.off("end", this.onEnd);
  }

  private readonly onData = (bytes: Uint8Array): void => {
    this.player?.take(bytes, this.options.clock.micros());
    if (this.player?.isBusy() === true) this.source.pause();
    this.wake();
    void this.perform();
  };

  private readonly onEnd = (): void => {
    this.ended = true;
    this.wake();
    void this.perform();
  };

  /** Does what the player says until it has nothing to say; never rejects. */
  private async perform(): Promise<void> {
    const { player } = this;
    if (this.performing || player === undefined) return;
    this.performing = true;
    try {
      await this.worker.begin();
      for (;;) {
        if (this.worker.isOver()) await this.worker.begin();
        this.aborted.signal.throwIfAborted();
        const saying = player.next();
        if (saying !== undefined) await this.do(saying);
        else {
          await this.writer.flush();
          // The client may have gone on meanwhile.
          if (!player.hasMore()) break;
        }
      }
    } catch (error) {
      if (!this.aborted.signal.aborted) this.fail(error instanceof Error ? error.message : String(error));
      this.raw.destroy();
    }
    this.performing = false;
    if (this.ended) this.end();
    else if (!player.isBusy()) this.source.resume();
  }

  private async do(saying: Saying): Promise<void> {
    const { signal } = this.aborted;
    signal.throwIfAborted();
    switch (saying.kind) {
      case "octets":
        await this.writer.write(saying.bytes);
        break;
      case "run":
        for await (const bytes of this.options.octets.read(saying.run, signal))
          await this.writer.write(bytes);
        break;
      case "pause":
        await this.pause(saying.micros, saying.yields);
        break;
      case "startTls":
        await this.startTls(saying.early);
        break;
      case "deflate":
        await this.deflate(saying.early);
        break;
      case "close":
        await this.writer.flush();
        this.end();
    }
  }

  private async pause(micros: number, yields: boolean): Promise<void> {
    const { speed } = this.options;
    // Who has ended its half may be gone, and is not waited for.
    if (speed === undefined || this.ended) return;
    await this.writer.flush();
    if (yields && this.player?.hasMore() === true) return;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.aborted.signal]);
    this.wake = () => {
      if (yields || this.ended) over.abort();
    };
    this.pausing = true;
    await delay(micros / 1000 / speed, undefined, { signal }).catch(() => {});
    this.pausing = false;
    this.wake = () => {};
  }

  /** What came behind the command is the client's part of the handshake, or it was put there by somebody else. */
  private async startTls(early: Uint8Array): Promise<void> {
    await this.writer.flush();
    this.leave();
    this.raw.pause();
    if (early[0] === HANDSHAKE) this.raw.unshift(early);
    else if (early.length > 0) this.failure = "octets came behind STARTTLS, and were dropped";
    if (await this.secure()) this.listen();
  }

  private async deflate(early: Uint8Array): Promise<void> {
    await this.writer.flush();
    this.writer.compress();
    // Clients leave without ending the compressed stream.
    const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
    inflate.on("error", (error) => {
      this.fail(`the compressed octets cannot be read: ${error.message}`);
      this.end();
    });
    this.leave();
    inflate.write(early.length > 0 ? early : NO_OCTETS);
    this.source.pipe(inflate);
    this.source = inflate;
    this.listen();
  }

  private fail(why: string): void {
    this.failure ??= why;
  }

  private end(): void {
    endWithin({ stream: this.stream as Socket, raw: this.raw }, this.options.graceMs);
  }
}
