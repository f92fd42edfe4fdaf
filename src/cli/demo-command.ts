/**
 * `imapscope demo`: a real session that imapscope recorded, the same way as `view`. On a terminal it is played at the pace at
 * which it happened, so that one sees what watching is like; elsewhere at once.
 */
import { fileURLToPath } from "node:url";
import { createCaptureShow } from "./capture-show.ts";
import { loadInStages, SCREEN_FLOORS } from "./load-in-stages.ts";
import { play } from "./play.ts";
import { type ShowOptions, wantsScreen } from "./show-options.ts";
import { tell } from "./tell.ts";

const CAPTURE = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));

export async function runDemo(options: ShowOptions): Promise<void> {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  tell(
    "imapscope: a session of two real clients and a Dovecot server, as imapscope recorded it (demo/session.imapcap)",
  );
  if (wantsScreen(options)) {
    await loadInStages(SCREEN_FLOORS);
    const { demoOnScreen } = await import("./demo-screen.ts");
    await demoOnScreen(CAPTURE, options, stopped);
  } else {
    const show = createCaptureShow(options, stop);
    await play(CAPTURE, show, { paced: process.stdout.isTTY === true, signal: stopped.signal });
    await show.finish();
  }
  tell("imapscope: now your own: imapscope proxy imaps://imap.example.org");
}
