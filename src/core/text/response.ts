/** A response on one line, to be read at a glance: `12 EXISTS`, `FLAGS (\Seen)`, `OK [COPYUID 1 2 3] done`. */
import type { DataResponse, Response, ResponseCode } from "../imap/response.ts";
import { clip, glance } from "./cells.ts";
import { formatData } from "./response-data.ts";

/** Cells of the longest response that is shown where the caller gives no width. */
const COLUMNS = 200;
const CODE_COLUMNS = 60;

/** The response without tag and `*`; safe to print, and at most `columns` cells. */
export function formatResponse(response: Response, columns = COLUMNS): string {
  return clip(summary(response, columns), columns);
}

/** `[TRYCREATE]`, `[COPYUID 1 2 3]`: as it stood, cut where it is long. */
export function formatResponseCode(code: ResponseCode): string {
  const name = glance(code.name, CODE_COLUMNS);
  return code.text === "" ? `[${name}]` : `[${name} ${glance(code.text, CODE_COLUMNS)}]`;
}

function summary(response: Response, columns: number): string {
  switch (response.kind) {
    case "status":
      return words([response.status, codeOf(response.code), glance(response.text, columns)]);
    case "continuation":
      return words(["+", codeOf(response.code), glance(response.text, columns)]);
    case "malformed":
      return words(["(malformed)", glance(response.text, columns)]);
    case "data":
      return dataSummary(response, columns);
  }
}

function dataSummary(response: DataResponse, columns: number): string {
  const number = response.number === undefined ? "" : String(response.number);
  return words([number, glance(response.name, CODE_COLUMNS), formatData(response.data, columns)]);
}

function codeOf(code: ResponseCode | undefined): string {
  return code === undefined ? "" : formatResponseCode(code);
}

function words(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
