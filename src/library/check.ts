/** Checks capture files that a person has edited, and writes what can be repaired of them. */
import { concat, utf8 } from "../core/base/octets.ts";
import { encodeEvent, encodeHeader } from "../core/capture/encode.ts";
import { type CheckedCapture, checkCapture, type RepairedCapture } from "../core/check/check.ts";
import { ImapscopeError } from "../errors.ts";
import { wholeCapture } from "../files/capture-reader.ts";
import { writeWholeFile } from "../files/replace-file.ts";

/** A capture is checked as a whole, in memory: nobody edits larger ones. */
const MOST_OCTETS = 1024 * 1024 * 1024;

/**
 * What is wrong with a capture file, plain or packed; `-` is standard input.
 *
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE, ERR_CAPTURE_TOO_LARGE
 */
export async function checkCaptureFile(path: string, mostOctets = MOST_OCTETS): Promise<CheckedCapture> {
  const octets = await wholeCapture(path, mostOctets);
  if (octets === undefined) {
    throw new ImapscopeError("ERR_CAPTURE_TOO_LARGE", { path, most: `${mostOctets / 2 ** 20} MiB` });
  }
  return checkCapture(octets);
}

/**
 * Writes a repaired capture as plain records, for its owner only, whole or not at all; gives what is still wrong with it.
 *
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE
 */
export async function writeRepaired(
  path: string,
  repaired: RepairedCapture,
  options: { readonly force: boolean },
): Promise<CheckedCapture> {
  const octets = encodeRepaired(repaired);
  await writeWholeFile(path, options, (file) => file.write(octets));
  return checkCapture(octets);
}

function encodeRepaired({ header, events }: RepairedCapture): Uint8Array {
  const runs = [utf8(encodeHeader(header))];
  const sink = {
    text: (text: string) => runs.push(utf8(text)),
    bytes: (bytes: Uint8Array) => runs.push(bytes.slice()),
  };
  for (const event of events) encodeEvent(event, sink, { plainOnly: true });
  return concat(runs);
}
