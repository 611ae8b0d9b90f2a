import { createCell, type Cell, type CellContent, type CellWords } from './cell.ts';

/** `none`: at once; `settle`: images that stay in their row slide to their new column, new ones fade in. */
export type CellMotion = 'none' | 'settle';

export interface CellPool {
  /** Shows exactly these cells, most urgent first: their pictures are asked for in this order. */
  draw(contents: readonly CellContent[], total: number, motion: CellMotion): void;
  /** The cell an event happened in. */
  cellOf(target: EventTarget | null): Cell | undefined;
  cellAt(place: number): Cell | undefined;
  dispose(): void;
}

const settleMs = 140;

/** A set of cells that are used over and over. It grows to what a window needs and never with the gallery. */
export function createCellPool(sheet: HTMLElement, words: CellWords): CellPool {
  const used = new Map<number, Cell>();
  const free: Cell[] = [];
  const cellOfElement = new WeakMap<Element, Cell>();
  let made = 0;

  const make = (): Cell => {
    const cell = createCell(`gallery-cell-${made++}`, words);
    cellOfElement.set(cell.element, cell);
    sheet.append(cell.element);
    return cell;
  };

  const slide = (cell: Cell, fromX: number): void => {
    cell.element.animate(
      [{ transform: `translate(${fromX}px, ${cell.y}px)` }, { transform: `translate(${cell.x}px, ${cell.y}px)` }],
      { duration: settleMs, easing: 'ease-out' },
    );
  };

  const fadeIn = (cell: Cell): void => {
    cell.element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: settleMs, easing: 'ease-out' });
  };

  return {
    draw(contents, total, motion) {
      const needed = new Set(contents.map(({ key }) => key));
      // An image that was just read takes the cell that kept its place.
      for (const content of contents) {
        const waiting = content.image === undefined ? undefined : used.get(-1 - content.place);
        if (waiting === undefined || used.has(content.key)) continue;
        used.delete(-1 - content.place);
        used.set(content.key, waiting);
      }
      for (const [key, cell] of used) {
        if (needed.has(key)) continue;
        used.delete(key);
        free.push(cell);
      }
      for (const content of contents) {
        const known = used.get(content.key);
        const cell = known ?? free.pop() ?? make();
        const { x, y } = cell;
        cell.draw(content, total);
        used.set(content.key, cell);
        if (motion === 'none') continue;
        if (known === undefined) fadeIn(cell);
        else if (y === cell.y && x !== cell.x) slide(cell, x);
      }
      for (const cell of free) cell.clear();
    },
    cellOf(target) {
      const element = target instanceof Element ? target.closest('[role="option"]') : null;
      return element === null ? undefined : cellOfElement.get(element);
    },
    cellAt: (place) => [...used.values()].find((cell) => cell.place === place),
    dispose() {
      for (const cell of [...used.values(), ...free]) {
        cell.clear();
        cell.element.remove();
      }
      used.clear();
      free.length = 0;
    },
  };
}
