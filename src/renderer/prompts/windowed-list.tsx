import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { offsetsOf, placesIn, stepFrom } from './list-window.ts';
import classes from './windowed-list.module.css';

interface WindowedListProps {
  readonly label: string;
  /** Pixels, of each row. */
  readonly heights: readonly number[];
  /** Headings are in the way of nobody: they can't be selected. */
  readonly isHeading?: (place: number) => boolean;
  /** Null: none is. */
  readonly selected: number | null;
  readonly onSelect: (place: number) => void;
  /** Enter, or a double click. */
  readonly onActivate: (place: number) => void;
  /** The end is near: more may be loaded. */
  readonly onNearEnd?: () => void;
  readonly children: (place: number) => ReactNode;
}

const beyond = 300;

/** A list to choose from, of any length: only what is in sight exists. Arrows, Page, Home and End move, Enter takes. */
export function WindowedList(props: WindowedListProps) {
  const { label, heights, isHeading, selected, onSelect, onActivate, onNearEnd, children } = props;
  const id = useId();
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, height } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(box, sizeRef);
  const offsets = useMemo(() => offsetsOf(heights), [heights]);
  const total = offsets.at(-1) ?? 0;
  const { first, last } = placesIn(offsets, top - beyond, top + height + beyond);

  const isNearEnd = height > 0 && top + height + 2 * beyond > total;
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, heights, onNearEnd]);

  const show = (place: number): void => {
    const element = box.current;
    if (element === null) return;
    const [from, to] = [offsets[place] ?? 0, offsets[place + 1] ?? 0];
    if (from < element.scrollTop) element.scrollTop = from;
    else if (to > element.scrollTop + element.clientHeight) element.scrollTop = to - element.clientHeight;
  };
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      if (selected !== null) onActivate(selected);
    } else {
      const rowsInSight = Math.max(1, Math.floor(height / (heights[selected ?? 0] ?? 1)) - 1);
      const next = stepFrom(event.key, selected, { count: heights.length, rowsInSight, isHeading });
      if (next === null) return;
      onSelect(next);
      show(next);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={ref}
      className={classes.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(selected !== null && { 'aria-activedescendant': `${id}-${selected}` })}
      onKeyDown={move}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div className={classes.content} role="presentation" style={{ height: total }}>
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at).map((place) =>
          isHeading?.(place) === true ? (
            <div
              key={place}
              className={classes.heading}
              role="presentation"
              style={{ top: offsets[place], height: heights[place] }}
            >
              {children(place)}
            </div>
          ) : (
            <div
              key={place}
              id={`${id}-${place}`}
              className={classes.row}
              role="option"
              aria-selected={place === selected}
              aria-setsize={heights.length}
              aria-posinset={place + 1}
              style={{ top: offsets[place], height: heights[place] }}
              onClick={() => onSelect(place)}
              onDoubleClick={() => onActivate(place)}
            >
              {children(place)}
            </div>
          ),
        )}
      </div>
    </div>
  );
}
