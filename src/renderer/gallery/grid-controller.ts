import type { StoreApi } from 'zustand/vanilla';
import type { CellWords } from './cell.ts';
import { createCellPool, type CellMotion } from './cell-pool.ts';
import type { CellFit } from './choose-thumbnail.ts';
import type { GalleryState } from './gallery-store.ts';
import { rowTop } from './grid-layout.ts';
import { createGridViewport } from './grid-viewport.ts';
import { createScrollSpeed } from './scroll-speed.ts';
import { isTooFast, placesInView, visibleCells, type Scene } from './visible-cells.ts';

export interface GridElements {
  /** What scrolls. */
  readonly scroller: HTMLElement;
  /** As tall as the scroll bar pretends the gallery to be. */
  readonly spacer: HTMLElement;
  /** Stays in view while the scroller scrolls, so that no frame can show a place that isn't drawn yet. */
  readonly pane: HTMLElement;
  /** Holds the cells and moves inside the pane. */
  readonly sheet: HTMLElement;
}

export interface GridLook {
  /** Wished side of a cell. */
  readonly cellSize: number;
  readonly fit: CellFit;
}

export interface GridController {
  setLook(look: GridLook): void;
  /** What keys need to know. */
  grid(): {
    readonly columns: number;
    readonly rowsPerPage: number;
    readonly lead: number;
    readonly isMirrored: boolean;
  };
  firstInView(): number;
  /** The place an event happened at, and whether it hit the cell's tick. */
  hit(event: MouseEvent): { readonly place: number; readonly isTick: boolean } | null;
  dispose(): void;
}

/** Still for this long: the end of a scroll movement. */
const restMs = 120;
/** How much longer it is said where a flight ended. */
const hintMs = 700;
/** The corner of a cell that selects, as large as a finger needs. */
const tickSide = 32;

/**
 * Keeps the cells in step with the scroll position and the store. It writes to the DOM itself, once a frame at most:
 * a grid of a million images has no time for more.
 */
export function createGridController(
  elements: GridElements,
  store: StoreApi<GalleryState>,
  options: {
    readonly look: GridLook;
    readonly words: CellWords;
    /** Where a flying scroll bar is; null when it has come to rest. */
    readonly onFlight: (place: number | null) => void;
  },
): GridController {
  const { scroller, spacer, pane, sheet } = elements;
  const pool = createCellPool(sheet, options.words);
  const viewport = createGridViewport(scroller, spacer);
  const speed = createScrollSpeed();
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  let look = options.look;
  let isMirrored = false;
  let base = 0;
  let frame: number | null = null;
  let restTimer: ReturnType<typeof setTimeout> | null = null;
  let hintTimer: ReturnType<typeof setTimeout> | null = null;
  let isFlying = false;
  let wanted = '';
  /** The image that stays under the eye when others come or go, as of the last drawing. */
  let anchored: { place: number; sequence: number | null } = { place: 0, sequence: null };

  const scene = (mayLoad: boolean): Scene => {
    const { total, selection, active, imageAt } = store.getState();
    const { layout, lead, top, height, devicePixelRatio: ratio } = viewport;
    return {
      ...{ layout, lead, top, height, devicePixelRatio: ratio, isMirrored, fit: look.fit, total, selection, base },
      ...{ activePlace: active?.place ?? null, speed: speed.current(), mayLoad, imageAt },
    };
  };

  const markActive = (place: number | null): void => {
    const id = place === null ? undefined : pool.cellAt(place)?.element.id;
    if (id === undefined) scroller.removeAttribute('aria-activedescendant');
    else if (scroller.getAttribute('aria-activedescendant') !== id) scroller.setAttribute('aria-activedescendant', id);
  };

  const draw = (motion: CellMotion = 'none', mayLoad = true): void => {
    const { top, layout, devicePixelRatio: ratio } = viewport;
    // Numbers in transforms stay small enough for 32-bit floats.
    if (Math.abs(top - base) > 500_000) base = Math.floor(top / layout.rowHeight) * layout.rowHeight;
    sheet.style.transform = `translate3d(0, ${Math.round((base - top) * ratio) / ratio}px, 0)`;
    const now = scene(mayLoad);
    pool.draw(visibleCells(now), now.total, calm.matches ? 'none' : motion);
    markActive(now.activePlace);

    const state = store.getState();
    const anchor = viewport.anchor();
    anchored = { place: anchor.place, sequence: state.imageAt(anchor.place)?.sequence ?? null };
    const { first, end } = placesInView(now);
    const window = `${first}-${end}-${state.revision}`;
    if (!mayLoad || isTooFast(now.speed) || window === wanted) return;
    wanted = window;
    state.want(first, end - 1);
  };

  const onFrame = (now: number): void => {
    frame = null;
    const { moved, isJump } = viewport.follow();
    if (isJump && !isFlying) speed.stop();
    else if (moved !== 0) speed.moved(moved, now);
    if (isJump) {
      isFlying = true;
      if (hintTimer !== null) clearTimeout(hintTimer);
      options.onFlight(viewport.anchor().place);
    }
    // The first row has come into view: it begins at its beginning again.
    const isLeadSeen = viewport.lead > 0 && viewport.top < rowTop(viewport.layout, 1);
    if (isLeadSeen) viewport.dropLead(store.getState().total);
    draw(isLeadSeen ? 'settle' : 'none', !isJump);
    // Asking for a window full of pictures takes longer than a frame.
    if (isJump) schedule();
  };

  function schedule(): void {
    frame ??= requestAnimationFrame(onFrame);
  }

  const onRest = (): void => {
    restTimer = null;
    viewport.follow();
    speed.stop();
    if (isFlying) hintTimer = setTimeout(() => options.onFlight(null), hintMs);
    isFlying = false;
    viewport.settle();
    draw();
  };

  const onScroll = (): void => {
    schedule();
    if (restTimer !== null) clearTimeout(restTimer);
    restTimer = setTimeout(onRest, restMs);
  };

  const layOut = (anchor: { readonly place: number; readonly offset: number }): void => {
    if (scroller.clientHeight === 0) return;
    isMirrored = getComputedStyle(scroller).direction === 'rtl';
    pane.style.height = `${scroller.clientHeight}px`;
    viewport.layOut(look.cellSize, store.getState().total, anchor);
    sheet.style.setProperty('--cell', `${viewport.layout.cell}px`);
    sheet.dataset.fit = look.fit;
    draw();
  };

  const onStore = (state: GalleryState, before: GalleryState): void => {
    if (state.revision !== before.revision) {
      const isAtTop = viewport.isAtTop();
      const to = anchored.sequence === null || isAtTop ? null : state.placeOf(anchored.sequence);
      if (to === null || to === anchored.place) viewport.resize(state.total);
      else viewport.keep(state.total, anchored.place, to);
      draw(isAtTop ? 'settle' : 'none');
    }
    if (state.reveals !== before.reveals && state.active !== null) viewport.reveal(state.active.place);
    if (state.active !== before.active || state.selection !== before.selection) schedule();
  };

  const { leftAt, placeOf, total } = store.getState();
  const start = leftAt === null ? 0 : ((leftAt.sequence === null ? null : placeOf(leftAt.sequence)) ?? leftAt.place);
  layOut({ place: Math.max(0, Math.min(start, total - 1)), offset: leftAt?.offset ?? 0 });

  const observer = new ResizeObserver(() => layOut(viewport.anchor()));
  observer.observe(scroller);
  scroller.addEventListener('scroll', onScroll, { passive: true });
  const unsubscribe = store.subscribe(onStore);

  return {
    setLook(next) {
      if (next.cellSize === look.cellSize && next.fit === look.fit) return;
      look = next;
      layOut(viewport.anchor());
    },
    grid: () => ({
      columns: viewport.layout.columns,
      rowsPerPage: Math.max(1, Math.floor(viewport.height / viewport.layout.rowHeight)),
      lead: viewport.lead,
      isMirrored,
    }),
    firstInView: () => viewport.anchor().place,
    hit(event) {
      const cell = pool.cellOf(event.target);
      if (cell === undefined) return null;
      const box = cell.element.getBoundingClientRect();
      const fromEnd = isMirrored ? event.clientX - box.left : box.right - event.clientX;
      return { place: cell.place, isTick: fromEnd < tickSide && event.clientY - box.top < tickSide };
    },
    dispose() {
      store.getState().leaveAt({ ...anchored, offset: viewport.anchor().offset });
      observer.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      unsubscribe();
      if (frame !== null) cancelAnimationFrame(frame);
      if (restTimer !== null) clearTimeout(restTimer);
      if (hintTimer !== null) clearTimeout(hintTimer);
      pool.dispose();
    },
  };
}
