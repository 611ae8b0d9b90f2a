/** A key that is pressed again within this, or held down, says nothing about the next pair. */
const quietMs = 400;

/** Lets one verdict pass for each press. `now` in milliseconds. */
export function createVerdictGate(): { readonly passes: (now: number) => boolean } {
  let last = Number.NEGATIVE_INFINITY;
  return {
    passes: (now) => {
      const isQuiet = now - last >= quietMs;
      last = now;
      return isQuiet;
    },
  };
}
