import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import classes from './prompts-view.module.css';

interface SearchFieldProps {
  readonly field?: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly value: string;
  readonly onChange: (search: string) => void;
}

/** What a list is searched for; the arrow goes down into it. */
export function SearchField({ field, label, value, onChange }: SearchFieldProps) {
  return (
    <TextInput
      ref={field}
      className={classes.grow}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      spellCheck={false}
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        event.currentTarget.closest('[data-searched]')?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
      }}
    />
  );
}
