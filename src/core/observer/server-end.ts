/** What is wrong with how a server ends a connection of its own accord: judged by what it said before. */
import type { Micros } from "../base/time.ts";
import { defect } from "../imap/defect.ts";
import { type ObserverContext, reportDefects } from "./context.ts";

/** It ended the TCP connection without ending its TLS. Behind BYE nothing more is to come, and Cyrus 3.6 ends every session so. */
export function reportBareEnd(context: ObserverContext, atMicros: Micros): void {
  if (context.model.saidBye()) return;
  const found = [defect("close-notify-missing", "it broke off, or somebody on the way cut the connection")];
  reportDefects(context, atMicros, found, undefined);
}

/** It ended the connection without the tagged answer to LOGOUT (RFC 9051 §6.1.3). */
export function reportLogout(context: ObserverContext, atMicros: Micros): void {
  const [logout] = context.correlator.open.named(["LOGOUT"]);
  if (logout?.received !== true) return;
  const without = context.model.saidBye() ? "its tagged OK" : "BYE and its tagged OK";
  const found = [defect("logout-without-bye", `LOGOUT was answered without ${without}`)];
  reportDefects(context, atMicros, found, logout);
}
