import { useEffect, useState } from 'react';

/** Milliseconds since 1970, told anew every so many milliseconds; null: it stands still. For what counts down before the user's eyes. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return;
    const tick = (): void => setNow(Date.now());
    // What stood still may be long past.
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
}
