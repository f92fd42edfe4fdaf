/** The dialogue of the exchanges that are still open, kept until their line is printed. Bounded for each and for all. */
import type { ExchangeId } from "../core/exchange/exchange.ts";
import type { TranscriptRow } from "../core/text/transcript.ts";

/** Rows kept from the beginning and from the end of one exchange. */
const HEAD_ROWS = 200;
const TAIL_ROWS = 20;
/** Characters kept of all exchanges together; rows over it are counted only. */
const CHARACTERS = 8_000_000;

export interface Dialogue {
  readonly head: readonly TranscriptRow[];
  /** Rows between head and tail that were not kept. */
  readonly dropped: number;
  readonly tail: readonly TranscriptRow[];
}

export interface DialogueBuffer {
  readonly open: (id: ExchangeId) => void;
  /** False where the exchange is not open: then nothing is kept. */
  readonly add: (id: ExchangeId, rows: readonly TranscriptRow[]) => boolean;
  /** Gives what was kept, and forgets it. */
  readonly take: (id: ExchangeId) => Dialogue;
}

interface Kept {
  readonly head: TranscriptRow[];
  readonly tail: TranscriptRow[];
  dropped: number;
}

export function createDialogueBuffer(): DialogueBuffer {
  const exchanges = new Map<ExchangeId, Kept>();
  let characters = 0;

  function addRow(kept: Kept, row: TranscriptRow): void {
    if (characters + row.text.length > CHARACTERS) {
      kept.dropped++;
      return;
    }
    characters += row.text.length;
    if (kept.head.length < HEAD_ROWS && kept.dropped === 0) {
      kept.head.push(row);
      return;
    }
    kept.tail.push(row);
    if (kept.tail.length <= TAIL_ROWS) return;
    characters -= kept.tail.shift()?.text.length ?? 0;
    kept.dropped++;
  }

  return {
    open(id) {
      exchanges.set(id, { head: [], tail: [], dropped: 0 });
    },
    add(id, rows) {
      const kept = exchanges.get(id);
      if (kept === undefined) return false;
      for (const row of rows) addRow(kept, row);
      return true;
    },
    take(id) {
      const kept = exchanges.get(id) ?? { head: [], tail: [], dropped: 0 };
      exchanges.delete(id);
      for (const { text } of [...kept.head, ...kept.tail]) characters -= text.length;
      return kept;
    },
  };
}
