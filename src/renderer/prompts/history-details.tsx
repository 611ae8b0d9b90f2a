import { Button, Group, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { Ask } from '../ui/ask.tsx';
import { CopyValue } from '../ui/copy-value.tsx';
import { useEditor } from '../ui/editor-context.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { WordDiffView } from '../ui/word-diff-view.tsx';
import { historyContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { SavedForm } from './saved-form.tsx';

function Pictures({ id, onOpen }: { readonly id: number; readonly onOpen: (image: ImageSummary) => void }) {
  const { t } = useTranslation('prompts');
  const images = historyContext.useStore((state) => state.images[id]);
  const { loadImages } = historyContext.useStoreApi().getState();
  const isMissing = images === undefined;
  useEffect(() => {
    if (isMissing) void loadImages(id);
  }, [id, isMissing, loadImages]);
  if (images === undefined) return null;
  return (
    <section aria-label={t('history.made')}>
      <h3>{t('history.made')}</h3>
      {images.length === 0 && <p className={classes.dim}>{t('history.noPictures')}</p>}
      <div className={classes.pictures}>
        {images.map((image, place) => (
          <UnstyledButton
            key={image.id}
            className={classes.picture}
            aria-label={t('history.openPicture', { place: place + 1, total: images.length })}
            onClick={() => onOpen(image)}
          >
            <img src={thumbnailUrl(image, 'medium')} alt="" loading="lazy" decoding="async" />
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}

function Words({ prompt }: { readonly prompt: SentPrompt }) {
  const { t } = useTranslation('prompts');
  const { prompt: words, negativePrompt, sent } = prompt;
  return (
    <>
      <p className={classes.words}>{words === '' ? t('noPrompt') : words}</p>
      {negativePrompt !== '' && (
        <section>
          <h3>{t('negative')}</h3>
          <p className={classes.words}>{negativePrompt}</p>
        </section>
      )}
      {sent !== '' && (
        <section>
          <h3>{t('history.sent')}</h3>
          <WordDiffView before={words} after={sent} />
        </section>
      )}
    </>
  );
}

function Details({ prompt, onOpen }: { readonly prompt: SentPrompt; readonly onOpen: (image: ImageSummary) => void }) {
  const { t } = useTranslation('prompts');
  const { forget } = historyContext.useStoreApi().getState();
  const { openPrompts } = viewContext.useStoreApi().getState();
  const editor = useEditor();
  const [doing, setDoing] = useState<'nothing' | 'saving' | 'forgetting'>('nothing');
  const { id, prompt: words, negativePrompt, options } = prompt;
  const stop = (): void => setDoing('nothing');
  return (
    <div className={classes.details} role="region" aria-label={t('history.details')}>
      <Words prompt={prompt} />
      {doing === 'nothing' && (
        <Group gap={8}>
          <Button size="xs" onClick={() => editor.take({ prompt: words, negativePrompt, options })}>
            {t('use')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setDoing('saving')}>
            {t('history.save')}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setDoing('forgetting')}>
            {t('history.forget')}
          </Button>
          <CopyValue value={words} label={t('copy')} />
        </Group>
      )}
      {doing === 'forgetting' && (
        <Ask
          question={t('history.askForget')}
          yes={t('history.forget')}
          no={t('keep')}
          onYes={() => void forget(id)}
          onNo={stop}
        />
      )}
      {doing === 'saving' && (
        <SavedForm
          start={{ folder: '', name: '', prompt: words, negativePrompt, options }}
          onCancel={stop}
          onSaved={() => openPrompts('saved')}
        />
      )}
      <Pictures id={id} onOpen={onOpen} />
    </div>
  );
}

/** The prompt that is looked at: all its words, and the pictures that came of it. */
export function HistoryDetails({ onOpen }: { readonly onOpen: (image: ImageSummary) => void }) {
  const prompt = historyContext.useStore((state) => state.prompts.find(({ id }) => id === state.selected));
  if (prompt === undefined) return null;
  return <Details key={prompt.id} prompt={prompt} onOpen={onOpen} />;
}
