/** Zoom and pan as arithmetic. Lengths are CSS pixels; the origin is the middle of the stage and of the picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `scale` is CSS pixels for one pixel of the picture; `x`, `y` is how far its middle is from the middle of the stage. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** What is looked at, and through what. */
export interface Frame {
  readonly picture: Size;
  readonly stage: Size;
  readonly devicePixelRatio: number;
}

const closest = 32;

/** The scale at which the whole picture is seen; a small one is not blown up beyond one CSS pixel for each of its own. */
export function fitScale({ picture, stage }: Frame): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.max(0.001, Math.min(1, stage.width / picture.width, stage.height / picture.height));
}

/** One pixel of the picture is one pixel of the screen. */
export const fullScale = ({ devicePixelRatio }: Frame): number => 1 / devicePixelRatio;

/** As people read it: 1 is 100 %. */
export const shareOf = (zoom: Zoom, frame: Frame): number => zoom.scale * frame.devicePixelRatio;

export const fitted = (frame: Frame): Zoom => ({ scale: fitScale(frame), x: 0, y: 0 });

const limit = (value: number, most: number): number => Math.min(Math.max(value, -most), most);

/** Keeps the picture where it covers the stage: no gap at a side while the other side is cut off. */
export function held(zoom: Zoom, { picture, stage }: Frame): Zoom {
  return {
    scale: zoom.scale,
    x: limit(zoom.x, Math.max(0, (picture.width * zoom.scale - stage.width) / 2)),
    y: limit(zoom.y, Math.max(0, (picture.height * zoom.scale - stage.height) / 2)),
  };
}

/** Scales by a factor; what is under `point` stays there as long as the picture covers the stage. */
export function zoomAt(zoom: Zoom, factor: number, point: Point, frame: Frame): Zoom {
  const least = Math.min(fitScale(frame), fullScale(frame));
  const scale = Math.min(Math.max(zoom.scale * factor, least), Math.max(closest, least));
  const ratio = scale / zoom.scale;
  const moved = { scale, x: point.x - (point.x - zoom.x) * ratio, y: point.y - (point.y - zoom.y) * ratio };
  return held(moved, frame);
}

export function zoomTo(zoom: Zoom, scale: number, point: Point, frame: Frame): Zoom {
  return zoomAt(zoom, scale / zoom.scale, point, frame);
}

export function pannedBy(zoom: Zoom, step: Point, frame: Frame): Zoom {
  return held({ scale: zoom.scale, x: zoom.x + step.x, y: zoom.y + step.y }, frame);
}

/** Whether the picture is larger than what shows it, so that it can be moved. */
export function isCut(zoom: Zoom, { picture, stage }: Frame): boolean {
  return picture.width * zoom.scale > stage.width + 0.5 || picture.height * zoom.scale > stage.height + 0.5;
}

/** A turn of the wheel as a factor; a pinch on a touch pad arrives as small turns with Ctrl. */
export function wheelFactor(event: {
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}): number {
  const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);
  return Math.exp(-limit(pixels, 240) * (event.ctrlKey ? 0.01 : 0.0015));
}
