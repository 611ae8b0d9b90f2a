import { useCallback, useEffect, useState } from 'react';
import {
  fitted,
  fullScale,
  held,
  isCut,
  pannedBy,
  shareOf,
  wheelFactor,
  zoomAt,
  zoomTo,
  type Frame,
  type Point,
  type Size,
  type Zoom,
} from './zoom.ts';

const middle: Point = { x: 0, y: 0 };
const noStage: Size = { width: 1, height: 1 };

export interface ZoomControl {
  readonly zoom: Zoom;
  readonly isFit: boolean;
  /** 1 is 100 %. */
  readonly share: number;
  /** Larger than the stage, so that it can be moved. */
  readonly canPan: boolean;
  /** Give it the element that shows the picture. */
  readonly attach: (element: HTMLElement | null) => void;
  readonly zoomBy: (factor: number, point?: Point) => void;
  readonly pan: (step: Point) => void;
  readonly fit: () => void;
  readonly full: (point?: Point) => void;
  readonly toggle: (point?: Point) => void;
}

/** Zoom of one picture; a new picture starts whole. */
export function useZoom(picture: Size, key: string): ZoomControl {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [stage, setStage] = useState<Size>(noStage);
  const [own, setOwn] = useState<{ readonly key: string; readonly zoom: Zoom } | null>(null);

  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() => setStage({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);

  const frame: Frame = { picture, stage, devicePixelRatio };
  const isFit = own?.key !== key;
  const zoom = isFit ? fitted(frame) : held(own.zoom, frame);
  // Several turns of the wheel may come before the next drawing: each starts from the one before.
  const change = (how: (from: Zoom) => Zoom): void =>
    setOwn((before) => ({ key, zoom: how(before?.key === key ? held(before.zoom, frame) : fitted(frame)) }));

  const zoomBy = (factor: number, point = middle): void => change((from) => zoomAt(from, factor, point, frame));
  const fit = (): void => setOwn(null);
  const full = (point = middle): void => change((from) => zoomTo(from, fullScale(frame), point, frame));

  // React listens to the wheel passively; only an own listener may keep the page from zooming.
  useEffect(() => {
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoomBy(wheelFactor(event), {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });

  return {
    zoom,
    isFit,
    share: shareOf(zoom, frame),
    canPan: isCut(zoom, frame),
    attach: useCallback((next: HTMLElement | null) => setElement(next), []),
    zoomBy,
    pan: (step) => change((from) => pannedBy(from, step, frame)),
    fit,
    full,
    toggle: (point) => (isFit ? full(point) : fit()),
  };
}
