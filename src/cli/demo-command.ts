/**
 * `imapscope demo`: a real session that imapscope recorded, the same way as `view`. On a terminal it is played at the pace at
 * which it happened, so that one sees what watching is like; elsewhere at once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { captureEvents } from "../files/capture-reader.ts";
import { createCaptureShow } from "./capture-show.ts";
import type { ShowOptions } from "./show-options.ts";
import { tell } from "./tell.ts";

const CAPTURE = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));

/** Nobody wants to watch a client think for longer. */
const LONGEST_PAUSE_MS = 1500;

export async function runDemo(options: ShowOptions): Promise<void> {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const show = createCaptureShow(options, stop);
  const paced = process.stdout.isTTY === true;
  tell(
    "imapscope: a session of two real clients and a Dovecot server, as imapscope recorded it (demo/session.imapcap)",
  );
  let lastMicros = 0;
  for await (const event of captureEvents(CAPTURE, { ...show, signal: stopped.signal })) {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, (event.atMicros - lastMicros) / 1000);
    lastMicros = event.atMicros;
    if (paced && pauseMs >= 1) await delay(pauseMs, undefined, { signal: stopped.signal }).catch(() => {});
    show.onEvent(event);
  }
  await show.finish();
  tell("imapscope: now your own: imapscope proxy imaps://imap.example.org");
}
