/** What can be explained of a session: its state, what the server can do, what is enabled, and the flags of the mailbox. */
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Subject } from "../../core/text/explain.ts";

export function sessionSubjects({
  state,
  capabilities = [],
  enabled,
  mailbox,
}: ConnectionSnapshot): readonly Subject[] {
  const flags = new Set([...(mailbox?.flags ?? []), ...(mailbox?.permanentFlags ?? [])]);
  return [
    { topic: "state", name: state },
    ...[...new Set([...enabled, ...capabilities])].map((name) => ({ topic: "capability", name }) as const),
    ...[...flags].map((name) => ({ topic: "flag", name }) as const),
  ];
}
