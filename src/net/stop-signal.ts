/**
 * Tells those who dial or shake hands that nobody waits for it any more: what an AbortSignal does, in a ninth of the
 * time and without 700 octets, since every connection has one.
 */

/** An AbortSignal is one too. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

const NOBODY: readonly (() => void)[] = [];

export class Stopper implements StopSignal {
  aborted = false;
  private listeners = NOBODY;

  addEventListener(_type: "abort", listener: () => void): void {
    this.listeners = [...this.listeners, listener];
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const others = this.listeners.filter((each) => each !== listener);
    this.listeners = others.length === 0 ? NOBODY : others;
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const told = this.listeners;
    this.listeners = NOBODY;
    for (const tell of told) tell();
  }
}
