import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const threads = '/proc/self/task';
/** The threads of the image library, which decode and encode. */
const imageThreads = 'libvips';
const lowPriority = 10;

const seen = new Set<string>();

/**
 * Lets the threads that work on pictures run only when nobody else in this program wants the processor: otherwise, with as
 * many pictures as cores, the thread that answers the user waits its turn behind them. New threads are found with each call.
 * Linux only: elsewhere a thread's priority can't be changed from here, and nothing happens.
 */
export function letImageThreadsStepAside(): void {
  if (process.platform !== 'linux') return;
  try {
    for (const id of readdirSync(threads)) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (readFileSync(`${threads}/${id}/comm`, 'utf8').startsWith(imageThreads)) setPriority(Number(id), lowPriority);
    }
  } catch {
    // A thread has ended meanwhile, or a sandbox hides them: the pictures are made all the same.
  }
}
