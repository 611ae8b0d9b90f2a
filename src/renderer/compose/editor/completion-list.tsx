import { Portal } from '@mantine/core';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './completion-list.module.css';
import { placeOf } from './mirror-place.ts';
import type { Completion, OpenCompletion } from './use-completion.ts';

interface CompletionListProps {
  readonly mirror: RefObject<HTMLDivElement | null>;
  readonly completion: Completion;
}

const gap = 4;

/** Below a place in the text, inside the window. */
function putAt(box: HTMLElement, line: DOMRect | null): void {
  if (line === null) return;
  const { width, height } = box.getBoundingClientRect();
  const below = line.bottom + gap;
  const isRoom = below + height <= window.innerHeight;
  box.style.left = `${Math.max(gap, Math.min(line.left, window.innerWidth - width - gap))}px`;
  box.style.top = `${isRoom ? below : Math.max(gap, line.top - gap - height)}px`;
}

/** Is there, with its element, only once the portal is. */
function Names({ mirror, completion, list }: CompletionListProps & { readonly list: OpenCompletion }) {
  const { t } = useTranslation('promptEditor');
  const box = useRef<HTMLUListElement>(null);
  const { start } = list.target;
  const { active } = list;
  const count = list.names.length;

  useLayoutEffect(() => {
    const put = (): void => {
      if (mirror.current !== null && box.current !== null) putAt(box.current, placeOf(mirror.current, start, start));
    };
    // Once the copy behind the field has been scrolled along with it.
    const later = (): void => void requestAnimationFrame(put);
    put();
    window.addEventListener('scroll', later, { capture: true });
    window.addEventListener('resize', later);
    return () => {
      window.removeEventListener('scroll', later, { capture: true });
      window.removeEventListener('resize', later);
    };
  }, [start, count, mirror]);
  useLayoutEffect(() => {
    box.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  return (
    <ul ref={box} id={list.id} className={classes.list} role="listbox" aria-label={t(`completion.${list.target.kind}`)}>
      {list.names.map((name, index) => (
        <li
          key={name}
          id={completion.optionId(index)}
          className={classes.option}
          role="option"
          aria-selected={index === active}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => completion.choose(index)}
        >
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The names at the caret, below it or, where there is no room, above it. */
export function CompletionList({ mirror, completion }: CompletionListProps) {
  const { list } = completion;
  if (list === null) return null;
  return (
    <Portal>
      <Names mirror={mirror} completion={completion} list={list} />
    </Portal>
  );
}
