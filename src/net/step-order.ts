/** The order in which a capture's clients play, of all connections together. */
import type { ClientScript, ClientStep } from "../core/replay/as-client-script.ts";

/** Which steps are over, of all connections: those that were sent behind them may be sent then. */
export class StepOrder {
  private readonly over: boolean[];
  private reached = 0;
  private waiting: { after: number; go: () => void }[] = [];

  constructor({ completed }: ClientScript) {
    this.over = new Array<boolean>(completed).fill(false);
  }

  done({ rank }: Pick<ClientStep, "rank">): void {
    if (rank !== undefined) this.over[rank] = true;
    while (this.over[this.reached] === true) this.reached++;
    const ready = this.waiting.filter(({ after }) => after <= this.reached);
    this.waiting = this.waiting.filter(({ after }) => after > this.reached);
    for (const { go } of ready) go();
  }

  skip(steps: readonly ClientStep[]): void {
    for (const step of steps) this.done(step);
  }

  until(after: number): Promise<void> {
    if (after <= this.reached) return Promise.resolve();
    return new Promise((go) => this.waiting.push({ after, go }));
  }
}
