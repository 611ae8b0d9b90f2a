import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestAltText } from '../../shared/models/image.ts';
import { formatNumber } from '../ui/format.ts';
import classes from './viewer-details.module.css';

interface AltTextFormProps {
  readonly before: string;
  /** Trimmed; empty removes it. */
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

/** Ctrl+Enter keeps it, Escape leaves it as it was. */
export function AltTextForm({ before, onSave, onCancel }: AltTextFormProps) {
  const { t } = useTranslation('viewer');
  const [text, setText] = useState(before);
  const form = useRef<HTMLFormElement>(null);
  const over = text.trim().length - longestAltText;
  useEffect(() => {
    // The buttons below the field, too.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <form
      ref={form}
      className={classes.altText}
      onSubmit={(event) => {
        event.preventDefault();
        if (over <= 0) onSave(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          event.currentTarget.requestSubmit();
        }
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        // Not the viewer.
        event.stopPropagation();
        onCancel();
      }}
    >
      <Textarea
        label={t('altText.field')}
        description={t('altText.hint')}
        error={over > 0 && t('altText.over', { count: over, most: formatNumber(longestAltText) })}
        autosize
        minRows={3}
        maxRows={12}
        autoFocus
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="xs" disabled={over > 0}>
          {t('altText.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('altText.cancel')}
        </Button>
      </div>
    </form>
  );
}
