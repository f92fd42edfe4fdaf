/**
 * `imapscope/testing`: a capture as the server of a test suite, in node:test, vitest, jest or any other runner. docs/replay.md has
 * runnable examples.
 */

export { junitXml } from "./core/replay/junit.ts";
export type { Matches } from "./core/replay/match.ts";
export type { Played } from "./core/replay/played.ts";
export type { ReplayReport } from "./core/replay/report.ts";
export { reportText } from "./core/replay/report-text.ts";
export type { Request } from "./core/replay/request.ts";
export { type Cassette, type CassetteMode, type CassetteOptions, cassette } from "./library/cassette.ts";
export { type Replay, type ReplayOptions, replay } from "./library/replay.ts";
export { withReplay } from "./library/with-replay.ts";
