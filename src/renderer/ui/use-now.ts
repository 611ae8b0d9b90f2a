import { useEffect, useState } from 'react';
import type { Standing } from '../../shared/models/routing.ts';
import { countsDown } from './standing.ts';

const quickMs = 1_000;
const slowMs = 30_000;

/** Milliseconds since 1970, each second while something of a provider, or of one of several, counts down before the user's eyes; else now and then. */
export function useStandingNow(standing: Standing | readonly Standing[] | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const next = Date.now();
      setNow(next);
      const all = standing === undefined ? [] : [standing].flat();
      timer = setTimeout(tick, all.some((one) => countsDown(one, next)) ? quickMs : slowMs);
    };
    // What stood still may be long past.
    timer = setTimeout(tick, 0);
    return () => clearTimeout(timer);
  }, [standing]);
  return now;
}
