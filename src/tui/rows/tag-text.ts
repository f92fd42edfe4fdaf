/** A tag as rows show it; by it and its time an exchange is found again. */
import { glance } from "../../core/text/cells.ts";

const TAG_COLUMNS = 24;

export function tagText(tag: string): string {
  return glance(tag, TAG_COLUMNS);
}
