import { Select, UnstyledButton } from '@mantine/core';
import { IconGripVertical, IconX } from '@tabler/icons-react';
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../ui/announcer.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { putBefore, targetOfDrop, targetOfMove } from '../ui/reorder.ts';
import { providerOptions } from '../ui/provider-options.ts';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import classes from './fallback-order.module.css';

interface FallbackOrderProps {
  readonly ids: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (ids: string[]) => void;
}

interface Drop {
  readonly over: string;
  readonly half: 'upper' | 'lower';
}

/** Who is asked after the primary one, in order; moved by dragging, or by the arrow keys on the handle. */
export function FallbackOrder({ ids, disabled, onChange }: FallbackOrderProps) {
  const { t } = useTranslation('settings');
  const providers = providersContext.useStore((state) => state.providers);
  const primary = routingContext.useStore((state) => state.routing.settings.primary);
  const [dragged, setDragged] = useState<string | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const adder = useRef<HTMLInputElement>(null);
  const options = providerOptions(providers, ids);
  const nameOf = (id: string): string => options.find(({ value }) => value === id)?.label ?? id;
  const free = options.filter(({ value }) => value !== primary && !ids.includes(value));

  const move = (id: string, before: string | null | undefined): void => {
    if (before === undefined || disabled) return;
    const next = putBefore(ids, id, before);
    onChange(next);
    announce(t('routing.fallbackMoved', { name: nameOf(id), position: next.indexOf(id) + 1, total: next.length }));
  };
  const walk = (event: KeyboardEvent, id: string): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(id, targetOfMove(ids, id, event.key === 'ArrowUp' ? -1 : 1));
  };
  const hover = (event: DragEvent<HTMLLIElement>, over: string): void => {
    if (dragged === null) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setDrop({ over, half: event.clientY < top + height / 2 ? 'upper' : 'lower' });
  };
  const rest = (): void => {
    setDragged(null);
    setDrop(null);
  };
  const release = (): void => {
    if (dragged !== null && drop !== null) move(dragged, targetOfDrop(ids, dragged, drop.over, drop.half));
    rest();
  };
  const add = (id: string | null): void => {
    if (id === null) return;
    onChange([...ids, id]);
    announce(t('routing.fallbackAdded', { name: nameOf(id), position: ids.length + 1 }));
  };
  const remove = (id: string): void => {
    // What had the keyboard is gone: it goes on where one can be added.
    adder.current?.focus();
    onChange(ids.filter((other) => other !== id));
    announce(t('routing.fallbackRemoved', { name: nameOf(id) }));
  };

  return (
    <div className={classes.field}>
      <p className={classes.label} id="fallbacks">
        {t('routing.fallbacks')}
      </p>
      {ids.length === 0 && <p className={classes.none}>{t('routing.fallbacksNone')}</p>}
      {ids.length > 0 && (
        <ol className={classes.list} aria-labelledby="fallbacks">
          {ids.map((id, index) => (
            <li
              key={id}
              className={classes.item}
              draggable={!disabled}
              data-dragged={dragged === id || undefined}
              data-drop={drop?.over === id && dragged !== id ? drop.half : undefined}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                setDragged(id);
              }}
              onDragOver={(event) => hover(event, id)}
              onDrop={(event) => {
                event.preventDefault();
                release();
              }}
              onDragEnd={rest}
            >
              <UnstyledButton
                className={classes.handle}
                disabled={disabled}
                aria-label={t('routing.fallbackMove', { name: nameOf(id), position: index + 1, total: ids.length })}
                onKeyDown={(event) => walk(event, id)}
              >
                <IconGripVertical size={16} aria-hidden />
              </UnstyledButton>
              <span className={classes.place}>{index + 1}</span>
              <span className={classes.name}>{nameOf(id)}</span>
              <IconButton
                size="xs"
                disabled={disabled}
                label={t('routing.fallbackRemove', { name: nameOf(id) })}
                icon={<IconX size={14} aria-hidden />}
                onClick={() => remove(id)}
              />
            </li>
          ))}
        </ol>
      )}
      {!disabled && (
        <Select
          ref={adder}
          className={classes.add}
          aria-label={t('routing.fallbackAdd')}
          placeholder={t('routing.fallbackAdd')}
          nothingFoundMessage={t('routing.fallbackAll')}
          data={free}
          value={null}
          onChange={add}
        />
      )}
    </div>
  );
}
