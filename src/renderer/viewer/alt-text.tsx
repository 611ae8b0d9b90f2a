import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isVideoFormat, type Image } from '../../shared/models/image.ts';
import { CopyValue } from '../ui/copy-value.tsx';
import { AltTextForm } from './alt-text-form.tsx';
import { AltTextOffer } from './alt-text-offer.tsx';
import { altTextContext, viewerContext } from './viewer-context.ts';
import classes from './viewer-details.module.css';

/** What the picture shows, for those who can't see it: to be written, changed, removed, or offered by a model. */
export function AltText({ image }: { readonly image: Image }) {
  const { t } = useTranslation('viewer');
  const offer = altTextContext.useStore((state) => state.offer);
  const { suggest, close } = altTextContext.useStoreApi().getState();
  const { saveAltText } = viewerContext.useStoreApi().getState();
  /** What the field begins with; null: there is no field. */
  const [draft, setDraft] = useState<string | null>(null);
  const write = useRef<HTMLButtonElement>(null);
  const isOffered = offer?.imageId === image.id;
  const isResting = draft === null && !isOffered;

  // Another picture, or none: nobody waits for the model any more.
  useEffect(() => close, [close]);
  const wasResting = useRef(true);
  useEffect(() => {
    // The buttons that were pressed are gone; the keyboard stays where it was.
    if (isResting && !wasResting.current) write.current?.focus({ preventScroll: true });
    wasResting.current = isResting;
  }, [isResting]);

  const save = async (altText: string | null): Promise<void> => {
    if (!(await saveAltText(image.id, altText))) return;
    close();
    setDraft(null);
  };

  return (
    <section aria-label={t('altText.title')}>
      <div className={classes.heading}>
        <h3>{t('altText.title')}</h3>
        {image.altText !== null && <CopyValue value={image.altText} label={t('altText.copy')} />}
      </div>
      {draft === null && (
        <p className={image.altText === null ? classes.dim : classes.words} dir="auto">
          {image.altText ?? t('altText.none')}
        </p>
      )}
      {draft !== null && (
        <AltTextForm
          before={draft}
          onSave={(text) => void save(text === '' ? null : text)}
          onCancel={() => setDraft(null)}
        />
      )}
      {draft === null && isOffered && (
        <AltTextOffer
          offer={offer}
          onUse={(text) => void save(text)}
          onEdit={(text) => {
            close();
            setDraft(text);
          }}
          onClose={close}
        />
      )}
      {isResting && (
        <div className={classes.buttons}>
          <Button ref={write} size="xs" variant="default" onClick={() => setDraft(image.altText ?? '')}>
            {t(image.altText === null ? 'altText.write' : 'altText.change')}
          </Button>
          {image.altText !== null && (
            <Button size="xs" variant="default" onClick={() => void save(null)}>
              {t('altText.remove')}
            </Button>
          )}
          {!isVideoFormat(image.format) && (
            <Button size="xs" variant="default" onClick={() => void suggest(image.id)}>
              {t('altText.describe')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
