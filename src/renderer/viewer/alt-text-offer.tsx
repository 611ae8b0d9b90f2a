import { Button, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { longestAltText } from '../../shared/models/image.ts';
import { announce } from '../ui/announcer.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatNumber } from '../ui/format.ts';
import type { AltTextOffer as Offer } from './alt-text-store.ts';
import classes from './viewer-details.module.css';

interface AltTextOfferProps {
  readonly offer: Offer;
  readonly onUse: (text: string) => void;
  readonly onEdit: (text: string) => void;
  readonly onClose: () => void;
}

/** What a model says of the picture, while it writes and until it is used or put away. */
export function AltTextOffer({ offer, onUse, onEdit, onClose }: AltTextOfferProps) {
  const { t } = useTranslation('viewer');
  const { text, written, model, error } = offer;
  const first = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const phase = error !== null ? 'failed' : text === null ? 'writing' : 'ready';
  const over = (text?.length ?? 0) - longestAltText;
  const titles = {
    failed: t('altText.offerFailed'),
    writing: t('altText.describing'),
    ready: t('altText.offer', { model: model ?? 'Ollama' }),
  };

  useEffect(() => {
    first.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
    if (phase === 'ready') announce(t('altText.ready'));
  }, [phase, t]);

  return (
    <section
      ref={panel}
      className={classes.altText}
      data-framed
      aria-label={titles[phase]}
      aria-busy={phase === 'writing'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Not the viewer.
        event.stopPropagation();
        onClose();
      }}
    >
      <h4 className={classes.offerTitle}>
        {phase === 'writing' && <Loader size={12} color="gray" aria-hidden />}
        {titles[phase]}
      </h4>
      {error !== null && <ErrorNote error={error} plain />}
      {error === null && (
        <p className={written === '' ? classes.dim : classes.words} dir="auto">
          {written === '' ? t('altText.waiting') : written}
        </p>
      )}
      {over > 0 && (
        <p className={classes.dim}>{t('altText.over', { count: over, most: formatNumber(longestAltText) })}</p>
      )}
      <div className={classes.buttons}>
        {text !== null && over <= 0 && (
          <Button ref={first} size="xs" onClick={() => onUse(text)}>
            {t('altText.use')}
          </Button>
        )}
        {text !== null && (
          <Button ref={over > 0 ? first : null} size="xs" variant="default" onClick={() => onEdit(text)}>
            {t('altText.edit')}
          </Button>
        )}
        <Button ref={text === null ? first : null} size="xs" variant="default" onClick={onClose}>
          {t(phase === 'writing' ? 'altText.stop' : phase === 'ready' ? 'altText.discard' : 'altText.close')}
        </Button>
      </div>
    </section>
  );
}
