import { dayStart } from './spending.ts';

/** A clock may be set, and a computer may sleep over midnight. */
const lookAgainMs = 60_000;

/** Calls back when another day has begun by this computer's clock, or the clock was set to another day. Answers how to stop. Keeps no program alive. */
export function watchDays({ now, onTurn }: { now: () => number; onTurn: () => void }): () => void {
  let day = dayStart(now());
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const at = now();
    if (dayStart(at) !== day) {
      day = dayStart(at);
      onTurn();
    }
    const tomorrow = new Date(day);
    tomorrow.setDate(tomorrow.getDate() + 1);
    timer = setTimeout(look, Math.min(lookAgainMs, tomorrow.getTime() - at)).unref();
  };
  look();
  return () => clearTimeout(timer);
}
