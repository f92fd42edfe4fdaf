/**
 * The main job in one call: a proxy whose octets are masked where they arrive, recorded, and observed behind a bounded queue.
 * Octets go one way: net -> intake (dialogue, masker) -> recorder and queue -> observer -> whoever asked.
 */
import { homedir } from "node:os";
import { type Authority, type AuthorityOptions, openAuthority } from "../ca/authority.ts";
import { defaultCaDir } from "../ca/default-dir.ts";
import type { ConnectionId } from "../core/base/leg.ts";
import type { Exchange, ExchangeId } from "../core/exchange/exchange.ts";
import { createIntake, type FramingIntake } from "../core/intake.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import type { CheckpointStore } from "../core/observer/checkpoint-store.ts";
import type { Depth } from "../core/observer/context.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { ImapscopeError } from "../errors.ts";
import { type KeyLog, openKeyLog } from "../files/key-log.ts";
import { type Clock, startClock } from "../net/clock.ts";
import type { Notice } from "../net/notice.ts";
import { type CertificateFiles, readOwnCertificate } from "../net/own-certificate.ts";
import { type Listening, type ProxyStatistics, startProxy } from "../net/proxy.ts";
import type { ProxyProtocol } from "../net/proxy-header.ts";
import type { TlsVersion } from "../net/tls-version.ts";
import { createQueue, failureText } from "./observer-turns.ts";
import { guardedListeners, guardedNotices, guardedRecord, type OwnListenerOptions } from "./own-listeners.ts";
import { type PlacesOptions, readPlaces } from "./places.ts";
import { openRecord, type RecordOptions } from "./record.ts";

export interface InterceptionOptions extends PlacesOptions {
  /** Does not verify the upstream's certificate. */
  readonly insecure?: boolean;
  /** PEM of CAs to trust for the upstream besides the well-known ones. */
  readonly upstreamCa?: string | undefined;
  /** The oldest TLS taken, on both legs; 1.2 by default, and 1.0 for an upstream that is not verified. */
  readonly tlsMin?: TlsVersion | undefined;
  /** What imapscope shows an upstream that asks for a certificate; the client's own cannot go through. */
  readonly clientCertificate?: CertificateFiles | undefined;
  /** Appends the keys of all TLS connections to this file, for Wireshark: whoever has it can read everything. */
  readonly keyLog?: string | undefined;
  /** Begins each connection to an upstream with the header of the PROXY protocol, which names the client. */
  readonly proxyProtocol?: ProxyProtocol | undefined;
  /** Lets what a client sent over TLS go to a plain upstream that is not on this machine. */
  readonly plainUpstream?: boolean;
  /** Offers STARTTLS to plain clients although the server, which is reached over TLS, does not (docs/transports.md). */
  readonly offerStartTls?: boolean;
  /** More names for the certificates that clients see. */
  readonly names?: readonly string[];
  /** Where the CA is; by default the user's data directory (in a checkout: certs/). */
  readonly caDir?: string | undefined;
  /** Writes captures (docs/capture-format.md). */
  readonly record?: RecordOptions | undefined;
  /** Records and observes credentials too. */
  readonly keepSecrets?: boolean;
  /** `shallow` leaves ENVELOPE and BODYSTRUCTURE unparsed, `skim` gives no requests and responses one by one; the default is `full`. */
  readonly depth?: Depth;
  /** Filled by the observer, for who keeps the events and reads them again. */
  readonly checkpoints?: CheckpointStore;
  /** File descriptors that the process needs beside this, to be left to it; 0 by default. */
  readonly otherDescriptors?: number;
  /** Whether it keeps the process running while no client is connected; true by default. */
  readonly keepAlive?: boolean;
  /** The clock of all times; by default one that starts now. */
  readonly clock?: Clock;
  /** Gets every observation, in turns of its own: it may be slow without slowing the relay, but should not block. Told as `onEvent` where it throws. */
  readonly onObservation?: (observation: Observation) => void;
  /** Gets every masked event, in the order of arrival, at most 250 ms after it; must be quick. What it throws is told by a notice. */
  readonly onEvent?: (event: WireEvent) => void;
  /** Gets what a user should read: fallbacks, failures and what to do about them. Where it throws, Node warns of that, once. */
  readonly onNotice?: (notice: Notice) => void;
}

/** A running proxy. */
export interface Interception {
  readonly listening: readonly Listening[];
  /** The CA's certificate, to be trusted by clients. */
  readonly caPath: string;
  /** When the clock of events and observations was zero. */
  readonly startedAt: Date;
  /** Now, on that clock. */
  readonly nowMicros: () => number;
  readonly statistics: () => ProxyStatistics;
  /** The observer looks so deep at what comes from now on (see `depth`). */
  readonly look: (depth: Depth) => void;
  /**
   * How an exchange stands that is in flight, with what has come so far, also of a response that is not complete; `undefined` where
   * it is over, or not known.
   */
  readonly underWay: (connection: ConnectionId, id: ExchangeId) => Exchange | undefined;
  /** How far the observations are behind what was relayed, in microseconds: 0 where nothing waits. */
  readonly behindMicros: () => number;
  /** Connections recorded so far, in full; `undefined` where nothing is recorded, or no longer. */
  readonly recorded: () => number | undefined;
  /**
   * Goes on recording in new files, without a gap: in one of the same name where the old one was moved away, or in the next
   * of the folder. Never rejects: what fails is told by a notice.
   */
  readonly rotate: () => Promise<void>;
  /** Ends every connection in order, gives the last observations, and completes the capture. */
  readonly close: () => Promise<void>;
  /** Writes what of the capture waits in memory, at once: for a process that is about to die. */
  readonly saveNow: () => void;
}

/**
 * Starts to intercept; when this settles, clients can connect.
 * @param telling how to tell of functions of the options that throw, where they are imapscope's own
 * @throws ImapscopeError when an endpoint, the CA, the capture or a listener cannot be had
 */
export async function intercept(
  options: InterceptionOptions,
  telling: Pick<OwnListenerOptions, "text"> = {},
): Promise<Interception> {
  const places = readPlaces(options);
  const onNotice = guardedNotices(options.onNotice);
  const owners = { ...telling, onNotice };
  const { onObservation, onEvent } = guardedListeners(options, owners);
  const tellEnd = (error: ImapscopeError) =>
    onNotice({ level: "error", text: `${error.message}. ${error.hint}` });
  const { clientCertificate } = options;
  const ownCertificate = clientCertificate === undefined ? undefined : readOwnCertificate(clientCertificate);
  const authority = await openAuthority(options.caDir ?? caDir());
  const clock = options.clock ?? startClock();
  let recordingEnded = false;
  /** Connections whose own files failed. */
  const notRecorded = new Set<ConnectionId>();
  const intakes = new Map<ConnectionId, FramingIntake>();
  const recorder = await openRecord(guardedRecord(options.record, owners), {
    clock,
    keepSecrets: options.keepSecrets ?? false,
    atFrameBorder: (connection) => intakes.get(connection)?.atFrameBorder() ?? false,
    onNotice,
    onEnd: () => {
      recordingEnded = true;
    },
    onOwnEnd: (connection) => void notRecorded.add(connection),
  });
  const observer = createObserver({
    emit: onObservation ?? (() => {}),
    depth: options.depth ?? "full",
    checkpoints: options.checkpoints,
  });
  const queue = onObservation === undefined ? undefined : createQueue(observer.take, onNotice);
  /** The recorder must not leave anything out, and cannot take more now. */
  let full = false;
  const hold = (): Promise<void> | undefined => {
    if (!full) return undefined;
    full = false;
    return recorder?.drained();
  };
  let keyLog: KeyLog | undefined;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  try {
    if (options.keyLog !== undefined) keyLog = await openKeyLog(options.keyLog, { onEnd: tellEnd });
    proxy = await startProxy({
      ...places,
      unref: options.keepAlive === false,
      insecure: options.insecure ?? false,
      orFreePort: options.orFreePort,
      upstreamCa: options.upstreamCa,
      tls: { oldest: options.tlsMin, ownCertificate, onKeys: keyLog?.add },
      proxyProtocol: options.proxyProtocol,
      plainUpstream: options.plainUpstream ?? false,
      offerStartTls: options.offerStartTls ?? false,
      clock,
      contextFor: (request) => authority.contextFor({ ...request, extraNames: options.names ?? [] }),
      caPath: authority.certificatePath,
      descriptorsPerConnection: recorder?.ownFiles === true ? 3 : 2,
      otherDescriptors: options.otherDescriptors,
      hold,
      onNotice,
      createIntake: (connection) => {
        const intake = createIntake({
          keepSecrets: options.keepSecrets ?? false,
          obeysSwitch: true,
          onFailure: (error) => onNotice({ level: "error", text: failureText(error), connection }),
          emit: (event) => {
            if (recorder?.append(event) === false) full = true;
            queue?.push(event);
            onEvent?.(event);
          },
          onTaken: ({ kind }) => {
            recorder?.settle(connection);
            if (kind === "close") intakes.delete(connection);
          },
        });
        if (recorder !== undefined) intakes.set(connection, intake);
        return intake;
      },
    });
  } catch (error) {
    await recorder?.discard();
    await keyLog?.close();
    throw error;
  }
  return {
    listening: proxy.listening,
    caPath: authority.certificatePath,
    startedAt: clock.startedAt,
    nowMicros: clock.micros,
    statistics: proxy.statistics,
    look: observer.look,
    underWay: observer.underWay,
    behindMicros: () => {
      const nowMicros = clock.micros();
      return nowMicros - (queue?.oldestMicros() ?? nowMicros);
    },
    recorded: () =>
      recorder === undefined || recordingEnded
        ? undefined
        : proxy.statistics().allConnections - notRecorded.size,
    rotate: async () => recorder?.rotate(),
    close: async () => {
      await proxy.close();
      queue?.drain();
      observer.finish();
      await recorder?.close();
      await keyLog?.close();
    },
    saveNow: () => {
      proxy.catchUp();
      recorder?.closeSync();
    },
  };
}

/** Opens the CA of this user, or of a directory; makes it where there is none yet, unless `asFound` is set. */
export function openCa(
  dir: string | undefined,
  options: Pick<AuthorityOptions, "asFound"> = {},
): Promise<Authority> {
  return openAuthority(dir ?? caDir(), options);
}

function caDir(): string {
  return defaultCaDir({ env: process.env, platform: process.platform, home: homedir() });
}
