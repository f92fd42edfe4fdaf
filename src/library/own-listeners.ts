/**
 * Functions of who uses the library, called in the midst of relaying: what they throw is theirs, must not end what imapscope itself does
 * with a connection, and is told as theirs.
 */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Observation } from "../core/observation.ts";
import { safe } from "../core/text/safe.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { Notice } from "../net/notice.ts";
import type { RecordOptions } from "./record.ts";

export interface OwnListenerOptions {
  readonly onNotice: (notice: Notice) => void;
  /** What to tell of a function that has thrown, by its name and what it threw, which is safe to be shown. */
  readonly text?: ((name: string, thrown: string) => string) | undefined;
}

/** The most characters of what was thrown that are told. */
const THROWN_CHARACTERS = 200;

interface OwnListeners {
  readonly onObservation?: ((observation: Observation) => void) | undefined;
  readonly onEvent?: ((event: WireEvent) => void) | undefined;
}

/**
 * The same function for a proxy to call. What it throws cannot be told by itself: it is a warning of the process, once, which Node writes
 * to stderr.
 */
export function guardedNotices(onNotice: ((notice: Notice) => void) | undefined): (notice: Notice) => void {
  if (onNotice === undefined) return () => {};
  let isTold = false;
  return attempting(onNotice, (error) => {
    if (isTold) return;
    isTold = true;
    process.emitWarning(yourFunction("onNotice", thrownText(error)), "ImapscopeWarning");
  });
}

/** The same functions, as far as there are any. */
export function guardedListeners(
  { onObservation, onEvent }: OwnListeners,
  options: OwnListenerOptions,
): OwnListeners {
  return {
    onObservation: onObservation && guarded("onObservation", onObservation, isLastObservation, options),
    onEvent: onEvent && guarded("onEvent", onEvent, ({ kind }) => kind === "close", options),
  };
}

/** The same for what is told of files: an exception is told once. */
export function guardedRecord(
  options: RecordOptions | undefined,
  { onNotice, text = yourFunction }: OwnListenerOptions,
): RecordOptions | undefined {
  if (options === undefined) return undefined;
  const told = new Set<string>();
  const tell = (name: string) => (error: unknown) => {
    if (told.has(name)) return;
    told.add(name);
    onNotice({ level: "error", text: text(name, thrownText(error)) });
  };
  const { onFile, onFollowed } = options;
  return {
    ...options,
    onFile: onFile && attempting(onFile, tell("onFile")),
    onFollowed: onFollowed && attempting(onFollowed, tell("onFollowed")),
  };
}

function isLastObservation(observation: Observation): boolean {
  return observation.kind === "connection" && observation.event.kind === "close";
}

/**
 * The same function, of which an exception is told, once for each connection; it is called again for what comes next.
 * @param isLast whether nothing more comes of the connection
 */
function guarded<T extends { readonly connection: ConnectionId }>(
  name: string,
  listener: (value: T) => void,
  isLast: (value: T) => boolean,
  { onNotice, text = yourFunction }: OwnListenerOptions,
): (value: T) => void {
  const told = new Set<ConnectionId>();

  function tell(connection: ConnectionId, error: unknown): void {
    if (told.has(connection)) return;
    told.add(connection);
    onNotice({ level: "error", text: text(name, thrownText(error)), connection });
  }

  const attempt = attempting(listener, (error, { connection }) => tell(connection, error));
  return (value) => {
    attempt(value);
    if (told.size > 0 && isLast(value)) told.delete(value.connection);
  };
}

/** The same function, which does not throw: neither at once nor, where it is asynchronous, later, which would end the process. */
function attempting<Given extends readonly unknown[]>(
  listener: (...given: Given) => unknown,
  onThrown: (error: unknown, ...given: Given) => void,
): (...given: Given) => void {
  return (...given) => {
    try {
      const result = listener(...given);
      if (result instanceof Promise) result.catch((error: unknown) => onThrown(error, ...given));
    } catch (error) {
      onThrown(error, ...given);
    }
  };
}

/** The message alone: other fields of an error may hold anything. */
function thrownText(error: unknown): string {
  const message = safe(
    error instanceof Error ? error.message : typeof error === "string" ? error : typeof error,
  );
  return message.length > THROWN_CHARACTERS ? `${message.slice(0, THROWN_CHARACTERS)}…` : message;
}

function yourFunction(name: string, thrown: string): string {
  return `Your function ${name} has thrown: ${thrown}. The connection goes on as before, and the function is called again for what comes next.`;
}
