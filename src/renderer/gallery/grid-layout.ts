/** The grid of square cells, as arithmetic. Lengths are whole CSS pixels; *place* is an image's place in the gallery, from 0. */
export interface GridLayout {
  readonly columns: number;
  /** Side of a cell. */
  readonly cell: number;
  readonly rowHeight: number;
  /** From one column to the next. */
  readonly columnWidth: number;
  /** Free space before the first column, so that the grid stands in the middle. */
  readonly inset: number;
}

export const cellSizes = { least: 96, usual: 160, most: 320, step: 16 } as const;
const cellGap = 8;
/** Above the first and below the last row. */
const gridMargin = { top: 4, bottom: 24 } as const;

/** As many columns of about the wished size as fit; they share the width evenly. */
export function gridLayout(width: number, wishedCell: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + cellGap) / (wishedCell + cellGap)));
  const cell = Math.max(1, Math.floor((width + cellGap) / columns - cellGap));
  const used = columns * (cell + cellGap) - cellGap;
  return {
    columns,
    cell,
    rowHeight: cell + cellGap,
    columnWidth: cell + cellGap,
    inset: Math.max(0, Math.floor((width - used) / 2)),
  };
}

/**
 * `lead` is the number of cells left free before the first image: while somebody looks at older images, new ones fill
 * the first row from its end, so that nothing moves sideways under their eyes.
 */
export function contentHeight(layout: GridLayout, total: number, lead: number): number {
  const rows = Math.ceil((total + lead) / layout.columns);
  return rows === 0 ? 0 : gridMargin.top + rows * layout.rowHeight - cellGap + gridMargin.bottom;
}

export const rowOf = (layout: GridLayout, place: number, lead: number): number =>
  Math.floor((place + lead) / layout.columns);
export const columnOf = (layout: GridLayout, place: number, lead: number): number => (place + lead) % layout.columns;
export const rowTop = (layout: GridLayout, row: number): number => gridMargin.top + row * layout.rowHeight;

/** The first place of a row; below 0 in a first row with a lead. */
export const firstPlaceOf = (layout: GridLayout, row: number, lead: number): number => row * layout.columns - lead;

/** The rows that touch a stretch of the content, first and last included. */
export function rowsBetween(layout: GridLayout, top: number, bottom: number): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor((top - gridMargin.top) / layout.rowHeight)),
    last: Math.floor((bottom - gridMargin.top - 1) / layout.rowHeight),
  };
}

/**
 * How the grid follows when an image that must stay under the eye goes from one place to another: the lead that keeps
 * its column, and by how many rows it moves down.
 */
export function keepColumn(
  layout: GridLayout,
  lead: number,
  from: number,
  to: number,
): { readonly lead: number; readonly rows: number } {
  const next = (((lead + from - to) % layout.columns) + layout.columns) % layout.columns;
  return { lead: next, rows: rowOf(layout, to, next) - rowOf(layout, from, lead) };
}

/** The content offset closest to this one at which a row is wholly in view. */
export function revealRow(layout: GridLayout, row: number, offset: number, viewport: number): number {
  const top = rowTop(layout, row);
  if (top - cellGap < offset) return row === 0 ? 0 : top - cellGap;
  if (top + layout.rowHeight > offset + viewport) return top + layout.rowHeight - viewport;
  return offset;
}
