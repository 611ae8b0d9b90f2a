/**
 * Scroll mathematics for a list that may be taller than any box a browser can scroll. The *content* is as tall as the
 * list really is; the *box* is the element that is scrolled, and never taller than the browser allows. Small steps move
 * both alike; a jump of the scroll bar is translated in proportion. Close to both ends box and content run in step, so
 * that nobody meets the end of the box before the end of the content. All lengths are CSS pixels.
 */

/** Chromium ends at 33,554,428 device pixels; half of it also stays exact in the 32-bit floats of transforms. */
const tallestBoxInDevicePixels = 16_000_000;

/** How much of each end is scrolled in step. */
const longestEnd = 50_000;

export interface ScrollShape {
  readonly content: number;
  readonly box: number;
  readonly viewport: number;
  /** Length of the stretch at each end in which box and content run in step. */
  readonly end: number;
  /** A larger step than this is a jump of the scroll bar. */
  readonly jump: number;
}

/** Where the view is: `box` is what the browser calls `scrollTop`, `content` is what is shown. */
export interface ScrollPosition {
  readonly box: number;
  readonly content: number;
}

export function scrollShape(sizes: {
  readonly content: number;
  readonly viewport: number;
  readonly devicePixelRatio: number;
}): ScrollShape {
  const { content, viewport } = sizes;
  const box = Math.max(viewport, Math.min(content, Math.floor(tallestBoxInDevicePixels / sizes.devicePixelRatio)));
  return {
    content,
    box,
    viewport,
    end: Math.min(longestEnd, (box - viewport) / 10),
    // Dragging the thumb by one pixel moves the box by `box / viewport`: that must count as a jump, turning a wheel must not.
    jump: content > box ? Math.min(4 * viewport, (0.8 * box) / viewport) : Number.POSITIVE_INFINITY,
  };
}

const within = (value: number, lowest: number, highest: number): number =>
  Math.min(Math.max(value, lowest), Math.max(lowest, highest));

export const furthestContent = (shape: ScrollShape): number => Math.max(0, shape.content - shape.viewport);
const furthestBox = (shape: ScrollShape): number => Math.max(0, shape.box - shape.viewport);
const isStretched = (shape: ScrollShape): boolean => shape.content > shape.box;

/** What the scroll bar stands for at this place of the box. */
export function toContent(shape: ScrollShape, box: number): number {
  const lastBox = furthestBox(shape);
  const lastContent = furthestContent(shape);
  const place = within(box, 0, lastBox);
  if (!isStretched(shape) || place <= shape.end) return Math.min(place, lastContent);
  if (place >= lastBox - shape.end) return lastContent - (lastBox - place);
  const share = (place - shape.end) / (lastBox - 2 * shape.end);
  return shape.end + share * (lastContent - 2 * shape.end);
}

/** Where the scroll bar belongs for this place of the content. */
export function toBox(shape: ScrollShape, content: number): number {
  const lastBox = furthestBox(shape);
  const lastContent = furthestContent(shape);
  const place = within(content, 0, lastContent);
  if (!isStretched(shape) || place <= shape.end) return place;
  if (place >= lastContent - shape.end) return lastBox - (lastContent - place);
  const share = (place - shape.end) / (lastContent - 2 * shape.end);
  return shape.end + share * (lastBox - 2 * shape.end);
}

/** The position after the browser moved the box. */
export function follow(shape: ScrollShape, from: ScrollPosition, box: number): ScrollPosition {
  const step = box - from.box;
  const isJump = Math.abs(step) > shape.jump;
  return { box, content: isJump ? toContent(shape, box) : within(from.content + step, 0, furthestContent(shape)) };
}

/** The position that shows this place of the content, with the scroll bar where it belongs. Whole box pixels, because browsers round. */
export function positionAt(shape: ScrollShape, content: number): ScrollPosition {
  const place = within(content, 0, furthestContent(shape));
  const box = toBox(shape, place);
  return { box: isStretched(shape) ? Math.round(box) : box, content: place };
}

/** True where small steps have led the scroll bar away from where it belongs; worth putting right when nothing moves. */
export function isAstray(shape: ScrollShape, position: ScrollPosition): boolean {
  return Math.abs(position.box - toBox(shape, position.content)) > 1;
}

/** True where the box is about to end though the content is not: the scroll bar must be put right at once. */
export function runsOut(shape: ScrollShape, position: ScrollPosition): boolean {
  if (!isStretched(shape)) return false;
  const belongs = toBox(shape, position.content);
  const margin = shape.end / 2;
  const last = furthestBox(shape);
  return (
    (position.box < margin && belongs - position.box > 1) ||
    (position.box > last - margin && position.box - belongs > 1)
  );
}
