/**
 * Loads what a command needs from the bottom of the house upwards. Node opens all files of an import at once that it has not
 * read yet: of the whole house they are more than a limit of 64 file descriptors allows, of one floor they are not.
 */
type Floors = readonly (() => Promise<unknown>)[];

/** What shows observations, wherever they come from. */
export const VIEW_FLOORS: Floors = [
  () => import("../core/vocabulary/vocabulary.ts"),
  () => import("../core/imap/read-token.ts"),
  () => import("../core/imap/parse-response.ts"),
  () => import("../core/imap/parse-command.ts"),
  () => import("../core/intake.ts"),
  () => import("../core/exchange/attribute.ts"),
  () => import("../core/connection/rules.ts"),
  () => import("../core/observe.ts"),
  () => import("../core/query/matcher.ts"),
  () => import("../print/line-printer.ts"),
];

/** And what intercepts. */
export const PROXY_FLOORS: Floors = [
  ...VIEW_FLOORS,
  () => import("../files/capture-writer.ts"),
  () => import("../ca/authority.ts"),
  () => import("../net/intercept.ts"),
  () => import("../net/proxy.ts"),
];

/** And what makes a screen of it. */
export const SCREEN_FLOORS: Floors = [
  () => import("../core/text/explain.ts"),
  () => import("../core/query/complete.ts"),
  () => import("../core/observer/checkpoint-store.ts"),
  () => import("../library/past.ts"),
  () => import("../tui/details/details.ts"),
  () => import("../tui/model/update.ts"),
  () => import("../tui/view/view.ts"),
  () => import("../tui/rows/row-store.ts"),
  () => import("../tui/terminal.ts"),
  () => import("../tui/screen.ts"),
];

/** And what plays a capture, as server and as client. */
export const REPLAY_FLOORS: Floors = [
  () => import("../core/replay/build-script.ts"),
  () => import("../core/replay/player.ts"),
  () => import("../library/replay.ts"),
  () => import("../library/replay-as-client.ts"),
];

/** @throws whatever Node says where even one floor has too many files */
export async function loadInStages(floors: Floors): Promise<void> {
  for (const load of floors) await load();
}
