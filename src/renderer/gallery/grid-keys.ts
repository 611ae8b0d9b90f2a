/** Where a key leads in the grid; null for a key that moves nothing. Places are from 0; `isMirrored` where text runs from the right. */
export function placeAfterKey(
  key: string,
  at: { readonly place: number; readonly total: number },
  grid: { readonly columns: number; readonly rowsPerPage: number; readonly lead: number; readonly isMirrored: boolean },
): number | null {
  const { place, total } = at;
  if (total === 0) return null;
  const last = total - 1;
  const byRows = (rows: number): number => {
    const wished = place + rows * grid.columns;
    if (wished >= 0 && wished <= last) return wished;
    if (wished < 0) {
      const inFirstRow = (place + grid.lead) % grid.columns;
      return Math.abs(rows) === 1 ? place : Math.max(0, inFirstRow - grid.lead);
    }
    // One row down from a row above a shorter last one: its last image.
    const lastRow = Math.floor((last + grid.lead) / grid.columns);
    return Math.floor((place + grid.lead) / grid.columns) === lastRow ? place : last;
  };
  const sideways = grid.isMirrored ? -1 : 1;
  const moves: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => place - sideways,
    ArrowRight: () => place + sideways,
    ArrowUp: () => byRows(-1),
    ArrowDown: () => byRows(1),
    PageUp: () => byRows(-grid.rowsPerPage),
    PageDown: () => byRows(grid.rowsPerPage),
    Home: () => 0,
    End: () => last,
  };
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return move === undefined ? null : Math.min(Math.max(0, move()), last);
}
