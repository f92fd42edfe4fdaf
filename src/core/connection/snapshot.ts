/** A picture of a connection at one moment, for screens and for users of the library. */
import type { ConnectionModel } from "./connection-model.ts";
import type { Selection } from "./selection.ts";
import type { ConnectionState } from "./state.ts";

export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  readonly midway: boolean;
  /** Whether the octets of a leg travel under TLS; `undefined` where that was not seen. */
  readonly tls: { readonly client: boolean | undefined; readonly server: boolean | undefined };
  /** Whether a direction is compressed (RFC 4978 §3). */
  readonly compressed: { readonly client: boolean; readonly server: boolean };
  /** Upper case; `undefined` where no list is known that still holds. */
  readonly capabilities: readonly string[] | undefined;
  readonly enabled: readonly string[];
  readonly notify: boolean;
  /** The user name of LOGIN. */
  readonly user: string | undefined;
  readonly mailbox: MailboxSnapshot | undefined;
}

/** The selected mailbox; `undefined` stands for what was not told. */
export interface MailboxSnapshot {
  /** As people read it; `undefined` where the connection was joined midway. */
  readonly name: string | undefined;
  readonly readOnly: boolean;
  readonly exists: number | undefined;
  readonly recent: number | undefined;
  readonly uidValidity: string | undefined;
  readonly uidNext: string | undefined;
  readonly highestModSeq: string | undefined;
  readonly mailboxId: string | undefined;
  readonly flags: readonly string[] | undefined;
  readonly permanentFlags: readonly string[] | undefined;
  /** Messages whose UID is known. */
  readonly knownUids: number;
}

/** Costs what the lists of capabilities and extensions cost; messages are not walked. */
export function snapshotOf(model: ConnectionModel): ConnectionSnapshot {
  const selection = model.selections.current();
  const capabilities = model.capabilities.current();
  return {
    state: model.state(),
    midway: model.midway,
    tls: { client: model.tls("client"), server: model.tls("server") },
    compressed: { client: model.compressed("client"), server: model.compressed("server") },
    capabilities: capabilities === undefined ? undefined : [...capabilities],
    enabled: [...model.enabled],
    notify: model.notify(),
    user: model.user(),
    mailbox: selection === undefined ? undefined : mailboxOf(selection),
  };
}

function mailboxOf({ name, readOnly, view, facts }: Selection): MailboxSnapshot {
  return {
    name,
    readOnly,
    exists: view.exists,
    recent: facts.recent,
    uidValidity: facts.uidValidity,
    uidNext: facts.uidNext,
    highestModSeq: facts.highestModSeq,
    mailboxId: facts.mailboxId,
    flags: facts.flags,
    permanentFlags: facts.permanentFlags,
    knownUids: view.knownUids(),
  };
}
