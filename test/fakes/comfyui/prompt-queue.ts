import type { Graph } from './graph.ts';

export interface QueuedPrompt {
  readonly number: number;
  readonly id: string;
  readonly graph: Graph;
  readonly extraData: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
  readonly clientId: string | null;
}

/** A queue item as `/queue` and the history show it. */
export function toItem({ number, id, graph, extraData, outputs }: QueuedPrompt): readonly unknown[] {
  return [number, id, graph, extraData, outputs];
}

const isBefore = (left: QueuedPrompt, right: QueuedPrompt): boolean =>
  left.number < right.number || (left.number === right.number && left.id < right.id);

/** A binary heap, because `/queue` shows the pending prompts in heap order and not in the order in which they run. */
export function createPromptQueue() {
  const heap: QueuedPrompt[] = [];

  const swap = (first: number, second: number): void => {
    const [a, b] = [heap[first], heap[second]];
    if (a && b) [heap[first], heap[second]] = [b, a];
  };
  const comesFirst = (index: number, other: number): boolean => {
    const [mine, theirs] = [heap[index], heap[other]];
    return mine !== undefined && theirs !== undefined && isBefore(mine, theirs);
  };
  const rise = (start: number): void => {
    for (let index = start; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!comesFirst(index, parent)) return;
      swap(index, parent);
      index = parent;
    }
  };
  const sink = (): void => {
    for (let index = 0; ;) {
      let smallest = index;
      for (const child of [2 * index + 1, 2 * index + 2]) if (comesFirst(child, smallest)) smallest = child;
      if (smallest === index) return;
      swap(index, smallest);
      index = smallest;
    }
  };

  const queue = {
    /** In heap order. */
    pending: (): readonly QueuedPrompt[] => heap,
    push(prompt: QueuedPrompt): void {
      heap.push(prompt);
      rise(heap.length - 1);
    },
    pop(): QueuedPrompt | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && first !== last) {
        heap[0] = last;
        sink();
      }
      return first;
    },
    remove(id: string): boolean {
      if (!heap.some((prompt) => prompt.id === id)) return false;
      const rest = heap.filter((prompt) => prompt.id !== id);
      heap.length = 0;
      for (const prompt of rest) queue.push(prompt);
      return true;
    },
    clear(): void {
      heap.length = 0;
    },
  };
  return queue;
}
