import type { ImageSummary } from '../../shared/models/image.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import type { CellContent } from './cell.ts';
import { chooseThumbnail, type CellFit } from './choose-thumbnail.ts';
import { columnOf, firstPlaceOf, rowOf, rowsBetween, rowTop, type GridLayout } from './grid-layout.ts';
import { isSelected, type Selection } from './selection.ts';

/** What decides which cells there are. Lengths are CSS pixels. */
export interface Scene {
  readonly layout: GridLayout;
  readonly lead: number;
  readonly top: number;
  readonly height: number;
  readonly devicePixelRatio: number;
  readonly isMirrored: boolean;
  readonly fit: CellFit;
  readonly total: number;
  readonly selection: Selection;
  readonly activePlace: number | null;
  /** Pixels a second, negative going up. */
  readonly speed: number;
  /** False for the first frame of a jump: it shows where it went before it asks for pictures. */
  readonly mayLoad: boolean;
  /** Content offset that is the sheet's zero. */
  readonly base: number;
  readonly imageAt: (place: number) => ImageSummary | undefined;
}

/** Faster than this nobody can look at a picture, so none is asked for. Pixels a second. */
const blurSpeed = 5000;
/** Rows drawn beyond the window: one on each side at rest, both on the side that is coming while it moves. */
const spareRows = 2;

export const isTooFast = (speed: number): boolean => Math.abs(speed) >= blurSpeed;

/** The places to draw: `seen` are in view, `first` to `end` with the margins. Ends are excluded. */
export function placesInView(scene: Scene): {
  readonly first: number;
  readonly firstSeen: number;
  readonly endSeen: number;
  readonly end: number;
} {
  const { first, last } = rowsBetween(scene.layout, scene.top, scene.top + scene.height);
  // Always the same number of rows: showing and hiding cells would cost more than drawing them.
  const rows = Math.ceil(scene.height / scene.layout.rowHeight) + 1 + spareRows;
  const above = scene.speed > 0 ? 0 : scene.speed < 0 ? rows - (last - first + 1) : 1;
  const from = Math.max(0, first - above);
  const start = (row: number): number =>
    Math.min(scene.total, Math.max(0, firstPlaceOf(scene.layout, Math.max(0, row), scene.lead)));
  return { first: start(from), firstSeen: start(first), endSeen: start(last + 1), end: start(from + rows) };
}

function cellContent(scene: Scene, place: number): CellContent {
  const { layout, lead, fit } = scene;
  const image = scene.imageAt(place);
  const x = layout.inset + columnOf(layout, place, lead) * layout.columnWidth;
  const side = layout.cell * scene.devicePixelRatio;
  return {
    key: image?.sequence ?? -1 - place,
    place,
    x: scene.isMirrored ? -x : x,
    y: rowTop(layout, rowOf(layout, place, lead)) - scene.base,
    image,
    url: image === undefined ? null : thumbnailUrl(image, chooseThumbnail(image, side, fit)),
    mayLoad: scene.mayLoad && !isTooFast(scene.speed),
    isSelected: image !== undefined && isSelected(scene.selection, image.sequence),
    isActive: scene.activePlace === place,
  };
}

/** Every cell to draw, those in view first, then those that are near. */
export function visibleCells(scene: Scene): CellContent[] {
  const { first, firstSeen, endSeen, end } = placesInView(scene);
  const cells: CellContent[] = [];
  for (let place = firstSeen; place < end; place++) cells.push(cellContent(scene, place));
  for (let place = firstSeen - 1; place >= first; place--) cells.push(cellContent(scene, place));
  return endSeen > firstSeen ? cells : [];
}
