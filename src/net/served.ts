/** When a replay has served those for whom it was started. */

export interface ServedOptions {
  /** Of these it is known that they will come; with 0 whoever looks in is enough. */
  readonly clients: number;
  /** After which nobody else is expected, where fewer came. */
  readonly silenceMs: number;
}

export interface Served {
  readonly opened: () => void;
  /** `said` tells whether the client has said anything: who only looks whether somebody listens is none. */
  readonly closed: (said: boolean) => void;
  /** Resolves when none is left and as many were served as were expected, or some and nobody else has come for long. */
  readonly over: Promise<void>;
  /** Nobody else is expected. */
  readonly end: () => void;
}

export function createServed({ clients, silenceMs }: ServedOptions): Served {
  let open = 0;
  let served = 0;
  let silence: NodeJS.Timeout | undefined;
  let resolve = (): void => {};
  const over = new Promise<void>((done) => {
    resolve = done;
  });

  return {
    over,
    end: () => resolve(),
    opened: () => {
      open++;
      clearTimeout(silence);
    },
    closed: (said) => {
      open--;
      if (said) served++;
      if (open > 0) return;
      if (served >= clients) resolve();
      else if (served > 0) silence = setTimeout(resolve, silenceMs).unref();
    },
  };
}
