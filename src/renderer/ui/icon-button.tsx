import { ActionIcon, Group, Tooltip, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { ariaKeys } from './actions/key-combination.ts';
import { isMac } from './is-mac.ts';
import { KeyHint } from './key-hint.tsx';

interface IconButtonProps
  extends Omit<ActionIconProps, 'children'>, Omit<ComponentPropsWithRef<'button'>, 'color' | 'style' | 'children'> {
  /** What it does, for the tooltip and for screen readers. */
  readonly label: string;
  /** A Tabler icon. */
  readonly icon: ReactNode;
  /** A key combination to show in the tooltip. */
  readonly keys?: string;
}

/** A button that is only an icon: always with a name and a tooltip. */
export function IconButton({ label, icon, keys, ...button }: IconButtonProps) {
  const hint =
    keys === undefined ? (
      label
    ) : (
      <Group gap={8} wrap="nowrap">
        {label}
        <KeyHint keys={keys} />
      </Group>
    );
  return (
    // What it has opened says more than its name, and would lie under it.
    <Tooltip label={hint} disabled={button['aria-expanded'] === true}>
      <ActionIcon
        aria-label={label}
        {...(keys !== undefined && { 'aria-keyshortcuts': ariaKeys(keys, isMac) })}
        {...button}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
