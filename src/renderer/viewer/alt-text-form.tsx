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
  const isOver = over > 0;
  useEffect(() => {
    // What is below the field, too: the buttons, and what is wrong.
    form.current?.scrollIntoView({ block: isOver ? 'end' : 'nearest' });
  }, [isOver]);

  return (
    <form
      ref={form}
      className={classes.altText}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOver) onSave(text.trim());
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
        error={isOver && t('altText.over', { count: over, most: formatNumber(longestAltText) })}
        autosize
        minRows={3}
        maxRows={8}
        autoFocus
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="xs" disabled={isOver}>
          {t('altText.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('altText.cancel')}
        </Button>
      </div>
    </form>
  );
}
