/** A file that is still being made, for who cannot wait: what is written to it waits until it is there. */
import type { CaptureFile } from "./capture-file.ts";

export function laterFile(made: Promise<CaptureFile>): CaptureFile {
  let file: CaptureFile | undefined;
  made.then(
    (each) => {
      file = each;
    },
    // Whoever writes next is told.
    () => undefined,
  );
  return {
    write: async (runs, position, way) => (await made).write(runs, position, way),
    writeSync: (bytes, position) => {
      if (file === undefined) throw new Error("the file is not there yet");
      file.writeSync(bytes, position);
    },
    sync: async () => (await made).sync(),
    close: async () => (await made).close(),
    discard: async () => (await made).discard(),
  };
}
