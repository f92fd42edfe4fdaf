/** Answers of a server from text, for tests of comparing them. */
import { fromLatin1 } from "../src/core/base/octets.ts";
import { framesOf } from "../src/core/imap/frame-of.ts";
import { parseResponse } from "../src/core/imap/parse-response.ts";
import type { Response } from "../src/core/imap/response.ts";
import type { Answered } from "../src/core/replay/fact.ts";
import { asked } from "./requests.ts";

/** What answers a command: untagged lines without their `* `, and the completion as `OK [CODE] text`. */
export function answered(
  command: string,
  lines: readonly string[],
  completion = "OK done",
  id = 1,
): Answered {
  const octets = [...lines.map((line) => `* ${line}`), `a1 ${completion}`]
    .map((line) => `${line}\r\n`)
    .join("");
  const responses: Response[] = framesOf("server", fromLatin1(octets)).map(
    (frame) => parseResponse(frame).value,
  );
  const last = responses.pop();
  const isStatus = last?.kind === "status";
  return {
    id,
    request: asked(command),
    mailbox: "INBOX",
    status: isStatus ? last.status : undefined,
    code: isStatus ? last.code : undefined,
    untagged: responses,
  };
}
