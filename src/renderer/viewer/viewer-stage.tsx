import { Loader } from '@mantine/core';
import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { pictureWords } from '../ui/picture-words.ts';
import type { ShownPicture } from './use-picture.ts';
import type { ZoomControl } from './use-zoom.ts';
import type { Point } from './zoom.ts';
import classes from './viewer-stage.module.css';

interface ViewerStageProps {
  readonly shown: ShownPicture | null;
  readonly control: ZoomControl;
}

/** From here on single pixels are meant to be seen. */
const pixelatedFrom = 4;

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** The picture, to be zoomed with the wheel, with two fingers or by a double click, and moved by dragging. */
export function ViewerStage({ shown, control }: ViewerStageProps) {
  const { t } = useTranslation('viewer');
  const words = shown === null ? t('loading') : pictureWords(shown.image) || t('untitled');
  const pointers = useRef(new Map<number, Point>());
  const { attach, canPan, share, zoom } = control;

  const pointOf = (event: PointerEvent | React.MouseEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.pointerType === 'mouse' && event.button > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, pointOf(event));
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const now = pointOf(event);
    pointers.current.set(event.pointerId, now);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) control.pan({ x: now.x - before.x, y: now.y - before.y });
    else {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      control.zoomBy(distance(now, other) / Math.max(1, distance(before, other)), middle);
    }
  };

  const onPointerEnd = (event: PointerEvent<HTMLDivElement>): void => {
    pointers.current.delete(event.pointerId);
  };

  return (
    <div
      ref={attach}
      className={classes.stage}
      data-autofocus
      tabIndex={-1}
      role="group"
      aria-label={words}
      data-can-pan={canPan || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={(event) => control.toggle(pointOf(event))}
    >
      {shown === null && <Loader m="auto" size="sm" color="gray" aria-label={t('loading')} />}
      {shown?.url && (
        <img
          className={classes.picture}
          src={shown.url}
          alt={words}
          draggable={false}
          decoding="sync"
          data-pixelated={share >= pixelatedFrom || undefined}
          style={{
            width: shown.image.width * zoom.scale,
            height: shown.image.height * zoom.scale,
            transform: `translate(-50%, -50%) translate(${zoom.x}px, ${zoom.y}px)`,
          }}
        />
      )}
      {shown?.state === 'unavailable' && (
        <p className={classes.note} role="status">
          {t('unavailable')}
        </p>
      )}
    </div>
  );
}
