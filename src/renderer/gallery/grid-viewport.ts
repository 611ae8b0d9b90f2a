import {
  contentHeight,
  firstPlaceOf,
  gridLayout,
  keepColumn,
  revealRow,
  rowOf,
  rowsBetween,
  rowTop,
  type GridLayout,
} from './grid-layout.ts';
import { follow, isAstray, positionAt, runsOut, scrollShape, type ScrollPosition } from './virtual-scroll.ts';

/** An image and how far below the upper edge of the window its row begins. */
interface GridAnchor {
  readonly place: number;
  readonly offset: number;
}

/** What part of the gallery is in view. It owns the scroll bar; lengths are CSS pixels of the content. */
export interface GridViewport {
  readonly layout: GridLayout;
  readonly lead: number;
  readonly top: number;
  readonly height: number;
  readonly devicePixelRatio: number;
  isAtTop(): boolean;
  /** The first image wholly in view, or the first of all at the top. */
  anchor(): GridAnchor;
  /** Lays the grid out for the element's present size, with the anchor where it was. */
  layOut(cellSize: number, total: number, anchor: GridAnchor): void;
  /** Takes over what the user scrolled: by how much, and whether that was a jump of the scroll bar. */
  follow(): { readonly moved: number; readonly isJump: boolean };
  /** Others came or went; the image that went from one place to another stays where it is on the screen. */
  keep(total: number, from: number, to: number): void;
  /** Others came or went, and the view stays at its offset. */
  resize(total: number): void;
  /** Lets the first row begin at its beginning again. */
  dropLead(total: number): void;
  /** Scrolls no further than needed to show this place. */
  reveal(place: number): void;
  /** Puts the scroll bar where it belongs; for when nothing moves. */
  settle(): void;
}

export function createGridViewport(scroller: HTMLElement, spacer: HTMLElement): GridViewport {
  let layout = gridLayout(0, 1);
  let lead = 0;
  let height = 1;
  let ratio = 1;
  let shape = scrollShape({ content: 0, viewport: 1, devicePixelRatio: 1 });
  let position: ScrollPosition = { box: 0, content: 0 };

  const fit = (total: number): void => {
    const before = shape.box;
    shape = scrollShape({ content: contentHeight(layout, total, lead), viewport: height, devicePixelRatio: ratio });
    if (shape.box !== before) spacer.style.height = `${shape.box}px`;
  };

  const show = (content: number): void => {
    position = positionAt(shape, content);
    scroller.scrollTop = position.box;
    // The browser rounds; what it made of it counts.
    position = { box: scroller.scrollTop, content: position.content };
  };

  const topOf = (place: number): number => rowTop(layout, rowOf(layout, place, lead));
  const isAtTop = (): boolean => position.content < layout.rowHeight / 2;

  const anchorPlace = (): number => {
    if (isAtTop()) return 0;
    const { first } = rowsBetween(layout, position.content, position.content + height);
    const row = rowTop(layout, first) < position.content - layout.cell / 2 ? first + 1 : first;
    return Math.max(0, firstPlaceOf(layout, row, lead));
  };

  return {
    get layout() {
      return layout;
    },
    get lead() {
      return lead;
    },
    get top() {
      return position.content;
    },
    get height() {
      return height;
    },
    get devicePixelRatio() {
      return ratio;
    },
    isAtTop,
    anchor() {
      const place = anchorPlace();
      return { place, offset: topOf(place) - position.content };
    },
    layOut(cellSize, total, anchor) {
      height = Math.max(1, scroller.clientHeight);
      ratio = devicePixelRatio;
      layout = gridLayout(spacer.clientWidth, cellSize);
      lead = 0;
      fit(total);
      show(anchor.place === 0 ? 0 : topOf(anchor.place) - anchor.offset);
    },
    follow() {
      const box = scroller.scrollTop;
      const step = box - position.box;
      if (step === 0) return { moved: 0, isJump: false };
      const before = position.content;
      position = follow(shape, position, box);
      if (runsOut(shape, position)) show(position.content);
      return { moved: position.content - before, isJump: Math.abs(step) > Math.min(shape.jump, 4 * height) };
    },
    keep(total, from, to) {
      const kept = keepColumn(layout, lead, from, to);
      lead = kept.lead;
      fit(total);
      show(position.content + kept.rows * layout.rowHeight);
    },
    resize(total) {
      fit(total);
      if (position.content > Math.max(0, shape.content - shape.viewport)) show(position.content);
    },
    dropLead(total) {
      lead = 0;
      fit(total);
    },
    reveal(place) {
      const content = revealRow(layout, rowOf(layout, place, lead), position.content, height);
      if (content !== position.content) show(content);
    },
    settle() {
      if (isAstray(shape, position)) show(position.content);
    },
  };
}
