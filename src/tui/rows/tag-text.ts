/** A tag as rows show it; by it and its time an exchange is found again. */
import { glanceEnd } from "../../core/text/cells.ts";

const TAG_COLUMNS = 24;

/** Of a long one the end: clients count there (`ABCD0012`). */
export function tagText(tag: string): string {
  return glanceEnd(tag, TAG_COLUMNS);
}
