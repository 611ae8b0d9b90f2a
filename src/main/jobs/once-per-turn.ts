export interface OncePerTurn {
  readonly ask: () => void;
  /** What was asked for and has not been done is not done any more. */
  readonly cancel: () => void;
}

/** Puts work off until whoever asks has been answered, and does it once however often it was asked for meanwhile. */
export function oncePerTurn(work: () => void, onError: (error: unknown) => void): OncePerTurn {
  let soon: NodeJS.Immediate | null = null;
  return {
    ask: () => {
      soon ??= setImmediate(() => {
        soon = null;
        try {
          work();
        } catch (error) {
          onError(error);
        }
      });
    },
    cancel: () => {
      if (soon) clearImmediate(soon);
      soon = null;
    },
  };
}
