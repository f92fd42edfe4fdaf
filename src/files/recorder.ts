/**
 * Records connections to files that may be followed by others while they are open.
 *
 * Theory of operation. Each connection is in one file. When it is to go on in another, it stays where it is until it is at a
 * frame border: so no line and no literal is ever split over two files, and a reader that begins with the later file begins
 * with a frame. There the new file first gets the facts that its reader needs, and everything from then on; nothing is in
 * both, and nothing in neither. A file that no connection is in any more, and none will come to, is closed.
 */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { CaptureWriter } from "./capture-writer.ts";
import { type ConnectionFacts, createConnectionFacts } from "./connection-facts.ts";

export interface RecorderOptions {
  /** The file of all connections that begin or move now; `undefined` where each has a file of its own. */
  readonly current: () => CaptureWriter | undefined;
  /** Begins the file of one connection, where there is none for all. */
  readonly begin: (connection: ConnectionId) => CaptureWriter;
  /** Whether the connection is between frames now, and everything of it so far has been appended. */
  readonly atFrameBorder: (connection: ConnectionId) => boolean;
  /** Told once, when octets are left out because a disk does not keep up. */
  readonly onBehind: () => void;
  /** Told which file holds what is seen of a connection after a time. */
  readonly onFile?: ((connection: ConnectionId, path: string, afterMicros: Micros) => void) | undefined;
}

export interface FileRecorder {
  /** Never throws, never waits. False where it wants its caller to wait for `drained` before it reads more. */
  readonly append: (event: WireEvent) => boolean;
  /** To be called when all events of a read are appended: a connection that is to move does so, if it can. */
  readonly settle: (connection: ConnectionId) => void;
  /** Every open connection is to go on in another file: at once, or at its next frame border. */
  readonly moveAll: () => void;
  /** Closes a file that was the current one, as soon as no connection is in it. */
  readonly retire: (file: CaptureWriter) => void;
  readonly drained: () => Promise<void>;
  /** Ends all recording and closes all files. */
  readonly close: () => Promise<void>;
  readonly closeSync: () => void;
}

interface Recorded {
  file: CaptureWriter;
  readonly facts: ConnectionFacts;
  lastMicros: Micros;
  /** Whether it is to go on in another file. */
  moves: boolean;
}

export function createFileRecorder(options: RecorderOptions): FileRecorder {
  const { current, begin, atFrameBorder } = options;
  const connections = new Map<ConnectionId, Recorded>();
  /** Open files, and how many connections are in each. */
  const files = new Map<CaptureWriter, number>();
  const closing = new Set<Promise<void>>();
  let over = false;
  let behind = false;

  function append(event: WireEvent): boolean {
    if (over) return true;
    const known = connections.get(event.connection);
    if (known === undefined && event.kind !== "open") {
      // A leg may still fail behind the end of its connection, whose own file is closed then.
      return current()?.append(event) ?? true;
    }
    const recorded = known ?? opened(event);
    recorded.lastMicros = event.atMicros;
    recorded.facts.take(event);
    const hasRoom = recorded.file.append(event);
    if (!behind && recorded.file.omittedOctets() > 0) {
      behind = true;
      options.onBehind();
    }
    if (event.kind === "close") {
      connections.delete(event.connection);
      leave(recorded.file);
    }
    return hasRoom;
  }

  function opened({ connection, atMicros }: WireEvent): Recorded {
    const file = enter(connection, Number.NEGATIVE_INFINITY);
    const recorded = { file, facts: createConnectionFacts(), lastMicros: atMicros, moves: false };
    connections.set(connection, recorded);
    return recorded;
  }

  function enter(connection: ConnectionId, afterMicros: Micros): CaptureWriter {
    const file = current() ?? begin(connection);
    options.onFile?.(connection, file.path, afterMicros);
    files.set(file, (files.get(file) ?? 0) + 1);
    return file;
  }

  function leave(file: CaptureWriter): void {
    files.set(file, (files.get(file) ?? 1) - 1);
    retire(file);
  }

  function retire(file: CaptureWriter): void {
    if ((files.get(file) ?? 0) > 0 || file === current()) return;
    files.delete(file);
    const closed = file.close();
    closing.add(closed);
    void closed.then(() => closing.delete(closed));
  }

  function settle(connection: ConnectionId): void {
    const recorded = connections.get(connection);
    if (recorded?.moves !== true || over || !atFrameBorder(connection)) return;
    const left = recorded.file;
    recorded.moves = false;
    recorded.file = enter(connection, recorded.lastMicros);
    for (const fact of recorded.facts.restated()) recorded.file.append(fact);
    leave(left);
  }

  function moveAll(): void {
    for (const [connection, recorded] of connections) {
      recorded.moves = true;
      settle(connection);
    }
  }

  function openFiles(): CaptureWriter[] {
    const shared = current();
    return [...new Set(shared === undefined ? files.keys() : [...files.keys(), shared])];
  }

  return {
    append,
    settle,
    moveAll,
    retire,
    drained: async () => {
      await Promise.all(openFiles().map((file) => file.drained()));
    },
    close: async () => {
      over = true;
      await Promise.all([...openFiles().map((file) => file.close()), ...closing]);
    },
    closeSync: () => {
      over = true;
      for (const file of openFiles()) file.closeSync();
    },
  };
}
