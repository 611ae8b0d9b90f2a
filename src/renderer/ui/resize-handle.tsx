import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './resize-handle.module.css';

interface ResizeHandleProps {
  readonly label: string;
  /** Pixels, as all of these. */
  readonly width: number;
  readonly least: number;
  readonly most: number;
  readonly onResize: (width: number) => void;
}

const step = 16;

/** The edge of a panel at the start side: drag it, or use the arrow keys. */
export function ResizeHandle({ label, width, least, most, onResize }: ResizeHandleProps) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const handle = event.currentTarget;
    const start = event.clientX;
    const rightToLeft = getComputedStyle(handle).direction === 'rtl';
    const move = (moved: globalThis.PointerEvent): void =>
      onResize(width + (moved.clientX - start) * (rightToLeft ? -1 : 1));
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('lostpointercapture', end);
    };
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end);
  };
  const press = (event: KeyboardEvent): void => {
    const widths: Readonly<Record<string, number>> = {
      ArrowLeft: width - step,
      ArrowRight: width + step,
      Home: least,
      End: most,
    };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(next);
  };

  return (
    <div
      className={classes.handle}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}
