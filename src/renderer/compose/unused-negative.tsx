import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import classes from './unused-negative.module.css';

interface UnusedNegativeProps {
  readonly text: string;
  readonly onClear: () => void;
}

/** The negative prompt of the draft where the chosen model takes none: kept for the next one, and not out of sight. */
export function UnusedNegative({ text, onClear }: UnusedNegativeProps) {
  const { t } = useTranslation('compose');
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.unused}>
      <DisclosureButton open={open} onToggle={() => setOpen(!open)}>
        {t('negativeUnused')}
      </DisclosureButton>
      {open && (
        <div className={classes.details}>
          <p className={classes.text} tabIndex={0} role="region" aria-label={t('negativePrompt')}>
            {text}
          </p>
          <Button size="xs" variant="default" onClick={onClear}>
            {t('negativeClear')}
          </Button>
        </div>
      )}
    </div>
  );
}
