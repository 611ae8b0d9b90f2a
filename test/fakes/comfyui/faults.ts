/** What can be made to go wrong with an HTTP request. */
export const requestFaults = [
  'hang',
  'resetBefore',
  'resetAfter',
  'html',
  'htmlAsJson',
  'text500',
  'status',
  'truncated',
  'notAnImage',
  'enormous',
  'tooLarge',
  'nodeErrors',
  'stopListening',
  'garbage',
  'redirect',
  'nan',
] as const;

/** What can be made to go wrong while a prompt runs. */
export const runFaults = ['error', 'outOfMemory', 'die', 'closeSockets', 'noOutputs', 'deleteFile'] as const;

export interface Fault {
  /** `<METHOD> <path>` of a request (without `/api`, and a path may be a prefix that ends in `*`), `socket`, or `run`. */
  readonly on: string;
  readonly kind: (typeof requestFaults)[number] | (typeof runFaults)[number];
  /** How often it happens; once unless said otherwise. */
  readonly times?: number;
  /** The answer's status for `status`. */
  readonly status?: number;
  /** Milliseconds that `stopListening` lasts. */
  readonly forMs?: number;
  /** Steps of sampling before a fault of `run` happens. */
  readonly afterSteps?: number;
  readonly message?: string;
}

export function createFaults() {
  let pending: { fault: Fault; left: number }[] = [];
  return {
    add(...faults: readonly Fault[]): void {
      pending.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
    },
    clear(): void {
      pending = [];
    },
    /** The first fault that is waiting for this, used up by one. */
    take(target: string): Fault | null {
      const found = pending.find(({ fault }) =>
        fault.on.endsWith('*') ? target.startsWith(fault.on.slice(0, -1)) : fault.on === target,
      );
      if (!found) return null;
      found.left -= 1;
      pending = pending.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
