import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './disclosure-button.module.css';

/** Opens and closes what stands below it. `label` is for screen readers, where the words alone don't say of what. */
export function DisclosureButton({
  open,
  onToggle,
  label,
  children,
}: {
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <UnstyledButton className={classes.toggle} aria-expanded={open} aria-label={label} onClick={onToggle}>
      <IconChevronRight className={classes.chevron} data-open={open || undefined} size={12} aria-hidden />
      {children}
    </UnstyledButton>
  );
}
