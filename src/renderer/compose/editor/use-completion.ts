import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { completedBy, completionAt, matchingNames, type CompletionTarget } from './completion-at.ts';
import { wildcardNamesContext } from './editor-context.ts';
import { replaceText } from './replace-text.ts';

export interface OpenCompletion {
  readonly id: string;
  readonly activeId: string;
  readonly target: CompletionTarget;
  readonly names: readonly string[];
  readonly active: number;
}

export interface Completion {
  /** Null while it is closed. */
  readonly list: OpenCompletion | null;
  readonly optionId: (index: number) => string;
  /** The text changed under the hands of the user. */
  readonly typed: () => void;
  readonly caretMoved: () => void;
  readonly close: () => void;
  readonly choose: (index: number) => void;
  /** True where the key was for the list. */
  readonly keyDown: (event: KeyboardEvent) => boolean;
}

/** Offers wildcards and LoRAs at the caret. It opens by typing only, and takes keys only while it is open. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, loras: readonly string[]): Completion {
  const { t } = useTranslation('promptEditor');
  const wildcards = wildcardNamesContext.useStore((state) => state.names);
  const { load } = wildcardNamesContext.useStoreApi().getState();
  const id = useId();
  const [target, setTarget] = useState<CompletionTarget | null>(null);
  const [place, setPlace] = useState(0);
  const offered =
    target === null ? [] : matchingNames(target.kind === 'lora' ? loras : (wildcards ?? []), target.query);
  const active = Math.min(place, offered.length - 1);
  const optionId = (index: number): string => `${id}-${index}`;
  const isOpen = target !== null && offered.length > 0;
  const { length } = offered;

  const isWildcard = target?.kind === 'wildcard';
  useEffect(() => {
    if (isWildcard) void load();
  }, [isWildcard, load]);
  useEffect(() => {
    if (isOpen) announce(t('completion.offered', { count: length }));
  }, [isOpen, length, t]);

  const look = (): CompletionTarget | null => {
    const element = field.current;
    if (element?.selectionStart !== element?.selectionEnd) return null;
    return element === null ? null : completionAt(element.value, element.selectionStart);
  };
  const close = (): void => setTarget(null);
  const choose = (index: number): void => {
    const name = offered[index];
    if (target === null || name === undefined || field.current === null) return;
    replaceText(field.current, completedBy(target, name, field.current.value));
    close();
  };

  const keyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        setPlace((active + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
        break;
      case 'Enter':
      case 'Tab':
        choose(active);
        break;
      case 'Escape':
        close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return {
    list: isOpen ? { id, activeId: optionId(active), target, names: offered, active } : null,
    optionId,
    typed: () => {
      setTarget(look());
      setPlace(0);
    },
    caretMoved: () => {
      if (target === null) return;
      const next = look();
      if (next?.start !== target.start || next.kind !== target.kind) close();
    },
    close,
    choose,
    keyDown,
  };
}
