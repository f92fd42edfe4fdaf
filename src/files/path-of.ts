/** Where a file is: tests name it from where they are, `new URL("inbox.imapcap", import.meta.url)`. */
import { fileURLToPath } from "node:url";

export function pathOf(file: string | URL): string {
  return typeof file === "string" ? file : fileURLToPath(file);
}
