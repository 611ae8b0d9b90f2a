import { useCallback, useEffect, useState } from 'react';

/** One zoom for both pictures. `x`, `y`: what stays in place, in per cent of a picture. */
export interface SharedZoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const whole: SharedZoom = { scale: 1, x: 50, y: 50 };
const closest = 8;
const loupe = 3;

/** The place of the pointer in whichever picture it is over; null: over neither. */
function placeIn(event: MouseEvent): { x: number; y: number } | null {
  const frame = event.target instanceof Element ? event.target.closest('[data-compared]') : null;
  if (frame === null) return null;
  const box = frame.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * 100, y: ((event.clientY - box.top) / box.height) * 100 };
}

/** The same part of both pictures, as near as the wheel makes it; it follows the pointer. A new `key` starts whole. */
export function useSharedZoom(key: string) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [own, setOwn] = useState<{ readonly key: string; readonly zoom: SharedZoom }>({ key, zoom: whole });
  const zoom = own.key === key ? own.zoom : whole;

  const change = useCallback(
    (how: (from: SharedZoom) => SharedZoom): void =>
      setOwn((before) => ({ key, zoom: how(before.key === key ? before.zoom : whole) })),
    [key],
  );

  useEffect(() => {
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      const place = placeIn(event);
      // Where the pictures scroll, the wheel does that, unless Ctrl is held, as when two fingers are spread.
      const scrolls = element.scrollHeight > element.clientHeight && !event.ctrlKey;
      if (place === null || scrolls) return;
      event.preventDefault();
      const factor = Math.exp(-Math.min(Math.max(event.deltaY, -240), 240) * 0.002);
      change(({ scale }) => ({ ...place, scale: Math.min(Math.max(scale * factor, 1), closest) }));
    };
    const onMove = (event: PointerEvent): void => {
      const place = placeIn(event);
      if (place !== null) change((from) => (from.scale === 1 ? from : { ...from, ...place }));
    };
    // React listens to the wheel passively; only an own listener may keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointermove', onMove);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointermove', onMove);
    };
  }, [element, change]);

  return {
    zoom,
    attach: setElement,
    toggle: () => change((from) => (from.scale === 1 ? { ...from, scale: loupe } : whole)),
    move: (x: number, y: number) =>
      change((from) => ({
        ...from,
        x: Math.min(Math.max(from.x + x, 0), 100),
        y: Math.min(Math.max(from.y + y, 0), 100),
      })),
  };
}
