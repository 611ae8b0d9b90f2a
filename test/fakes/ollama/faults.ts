/**
 * What goes wrong with the next chat. `cut`: the connection breaks in the middle; `unfinished`: the stream ends there without a last
 * line; `essay`: prose instead of JSON; `fenced`: the JSON in a code fence, with words around it; `thinkingOnly`: thoughts and no
 * text; `empty`: neither; `otherLanguage`: a good answer in German; `conceptsGone`: short and without what mattered;
 * `markersLost`: without the markers; `overLong`: longer than it may be, `slightlyLong` by little; `endless`: writes for ever; `errorLine`: fails in a stream
 * that began well; `length`: stopped by its limit of tokens; `refusal`: declines in JSON; `stall`: begins and says no more;
 * `silent`: no headers, ever; `busy` 503, `broken` 500, `contextFull` 400, `forbidden` 403 with an empty body;
 * `redirect`: sends the caller elsewhere; `html`: a web page.
 */
export type ChatFault =
  | 'cut'
  | 'unfinished'
  | 'essay'
  | 'fenced'
  | 'thinkingOnly'
  | 'empty'
  | 'otherLanguage'
  | 'conceptsGone'
  | 'markersLost'
  | 'overLong'
  | 'slightlyLong'
  | 'endless'
  | 'errorLine'
  | 'length'
  | 'refusal'
  | 'stall'
  | 'silent'
  | 'busy'
  | 'broken'
  | 'contextFull'
  | 'forbidden'
  | 'redirect'
  | 'html';

/** What goes wrong with the next pull: an error line after some bytes, a broken connection, or a manifest that nobody has. */
export type PullFault = 'errorLine' | 'cut' | 'unknown';

export interface Fault {
  readonly on: 'chat' | 'pull';
  readonly kind: ChatFault | PullFault;
  /** How often; once where it is left out. */
  readonly times?: number;
}

export interface Faults {
  add(...faults: readonly Fault[]): void;
  take(on: 'chat'): ChatFault | null;
  take(on: 'pull'): PullFault | null;
  clear(): void;
  waiting(): number;
}

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (...faults) => {
      waiting.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
    },
    take: (on: Fault['on']) => {
      const next = waiting.find(({ fault }) => fault.on === on);
      if (!next) return null;
      next.left -= 1;
      if (next.left <= 0) waiting = waiting.filter((other) => other !== next);
      return next.fault.kind as ChatFault & PullFault;
    },
    clear: () => {
      waiting = [];
    },
    waiting: () => waiting.length,
  };
}
