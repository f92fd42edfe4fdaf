/** The screen of a running proxy: what is seen is kept in a spool, and recording can begin and end while one looks. */
import type { ConnectionId } from "../core/base/leg.ts";
import { type CheckpointStore, createCheckpointStore } from "../core/observer/checkpoint-store.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { type CaptureWriter, openCaptureWriter } from "../files/capture-writer.ts";
import { type ConnectionFacts, createConnectionFacts } from "../files/connection-facts.ts";
import { createSpool, SPOOL_DESCRIPTORS } from "../files/spool.ts";
import { createPast } from "../library/past.ts";
import type { RecordOptions } from "../library/record.ts";
import type { Clock } from "../net/clock.ts";
import { version } from "../version.ts";
import { createNoteKeeper } from "./note-keeper.ts";
import type { ProxyCommandOptions } from "./proxy-command.ts";
import type { ScreenGiven } from "./screen-keys.ts";
import { createScreenShow, type ScreenShow } from "./screen-show.ts";

/** For the spool, and a recording. */
const SCREEN_DESCRIPTORS = SPOOL_DESCRIPTORS + 1;

import { tellRecorded } from "./tell.ts";

export interface LiveScreen {
  /** File descriptors that it needs besides those of the terminal. */
  readonly descriptors: number;
  readonly show: ScreenShow;
  /** For the observer. */
  readonly checkpoints: CheckpointStore;
  /** Takes every event, in the order of arrival. */
  readonly onEvent: (event: WireEvent) => void;
  /** For what `record` asks for: which file a connection lies in, and which was followed by another. */
  readonly recording: Pick<RecordOptions, "onFile" | "onFollowed">;
  /** Completes a recording that was begun on the screen, and gives up the spool. */
  readonly close: () => Promise<void>;
}

export async function openLiveScreen(
  { keepSecrets, spoolMax, force, record, ...options }: ProxyCommandOptions,
  clock: Clock,
  { keys, stopped }: ScreenGiven,
): Promise<LiveScreen> {
  const redacted = keepSecrets ? [] : ["credentials"];
  const facts = new Map<ConnectionId, ConnectionFacts>();
  let writer: CaptureWriter | undefined;
  const recorded: string[] = [];
  const checkpoints = createCheckpointStore();
  const spool = createSpool({
    mostOctets: spoolMax,
    onEnd: () => show.notice({ level: "warning", text: SPOOL_ENDED }),
    onBehind: () => show.notice({ level: "warning", text: SPOOL_BEHIND }),
  });

  /** Begins in the middle of what is open, each connection with what must be known of it; or ends. */
  async function recordTo(path: string | undefined): Promise<string | undefined> {
    await writer?.close();
    writer = undefined;
    if (path === undefined) {
      keeper.keepBeside(undefined, clock.micros());
      return undefined;
    }
    const begun = await openCaptureWriter(path, {
      createdBy: `imapscope ${version()}`,
      createdAt: clock.startedAt,
      ...{ redacted, force },
      onEnd: ({ message, hint }) => show.notice({ level: "error", text: `${message}. ${hint}` }),
    });
    for (const one of facts.values()) one.restated().forEach(begun.append);
    writer = begun;
    recorded.push(path);
    keeper.keepBeside(path, clock.micros());
    return path;
  }

  const keeper = createNoteKeeper({
    onNotice: (notice) => show.notice(notice),
    say: (text) => show.say(text),
  });
  const show = createScreenShow(options, {
    keys,
    past: createPast(spool, checkpoints),
    startedAt: clock.startedAt,
    nowMicros: clock.micros,
    live: true,
    redacted: () => redacted,
    record: record === undefined ? recordTo : undefined,
    ...{ note: keeper.put, quit: () => stopped.abort() },
  });

  /** A folder's files stay where they are. */
  function onFollowed(path: string): void {
    if (path === record) keeper.followed(path);
  }

  function keepFacts(event: WireEvent): void {
    const { connection } = event;
    if (event.kind === "open") facts.set(connection, createConnectionFacts());
    if (event.kind === "close") facts.delete(connection);
    else facts.get(connection)?.take(event);
  }

  return {
    descriptors: SCREEN_DESCRIPTORS,
    show,
    checkpoints,
    recording: { onFile: keeper.liesIn, onFollowed },
    onEvent: (event) => {
      keepFacts(event);
      spool.append(event);
      writer?.append(event);
    },
    close: async () => {
      await writer?.close();
      await keeper.close();
      for (const path of recorded) tellRecorded(`to ${path}`, keepSecrets);
      spool.end();
      await spool.close();
    },
  };
}

const SPOOL_ENDED =
  "What was seen can no longer be kept (the temporary file failed): details of what comes cannot be shown.";
const SPOOL_BEHIND =
  "The disk does not keep up: some of what is seen is not kept, and cannot be looked into. Relaying goes on.";
