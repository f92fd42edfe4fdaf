/** A process that records a hundred events and then waits to be killed, or crashes: `recorder-process.ts PATH wait|crash`. */
import { openCaptureWriter } from "../../src/files/capture-writer.ts";

const [path = "", how] = process.argv.slice(2);

const writer = await openCaptureWriter(path, {
  createdBy: "imapscope 0.1.0",
  createdAt: new Date(0),
  redacted: [],
});
for (let at = 0; at < 100; at++) {
  const bytes = new TextEncoder().encode(`* ${at} EXISTS\r\n`);
  writer.append({ kind: "data", connection: 1, atMicros: at, from: "server", bytes, redacted: [] });
}
if (how === "crash") {
  process.on("exit", () => writer.closeSync());
  process.exit(70);
}
process.send?.("recorded");
setInterval(() => undefined, 60_000);
