import { Portal } from '@mantine/core';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './completion-list.module.css';
import { placeOf } from './mirror-place.ts';
import type { Completion } from './use-completion.ts';

interface CompletionListProps {
  readonly mirror: RefObject<HTMLDivElement | null>;
  readonly completion: Completion;
}

const gap = 4;

/** The names at the caret, below it or, where there is no room, above it. */
export function CompletionList({ mirror, completion }: CompletionListProps) {
  const { t } = useTranslation('promptEditor');
  const box = useRef<HTMLUListElement>(null);
  const { list } = completion;
  const start = list?.target.start;
  const active = list?.active;
  const count = list?.names.length;

  useLayoutEffect(() => {
    if (start === undefined || mirror.current === null || box.current === null) return;
    const line = placeOf(mirror.current, start, start);
    if (line === null) return;
    const { width, height } = box.current.getBoundingClientRect();
    const below = line.bottom + gap;
    const isRoom = below + height <= window.innerHeight;
    box.current.style.left = `${Math.max(gap, Math.min(line.left, window.innerWidth - width - gap))}px`;
    box.current.style.top = `${isRoom ? below : Math.max(gap, line.top - gap - height)}px`;
  }, [start, count, mirror]);

  useLayoutEffect(() => {
    if (active !== undefined) box.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  if (list === null) return null;
  return (
    <Portal>
      <ul
        ref={box}
        id={list.id}
        className={classes.list}
        role="listbox"
        aria-label={t(`completion.${list.target.kind}`)}
      >
        {list.names.map((name, index) => (
          <li
            key={name}
            id={completion.optionId(index)}
            className={classes.option}
            role="option"
            aria-selected={index === list.active}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => completion.choose(index)}
          >
            {name}
          </li>
        ))}
      </ul>
    </Portal>
  );
}
