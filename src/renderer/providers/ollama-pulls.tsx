import { Button, Group, Progress, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OllamaPull } from '../../shared/models/ollama.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { formatBytes, formatShare } from '../ui/format.ts';
import { settingsContext } from '../ui/stores/shared-stores.ts';
import { ollamaContext } from './ollama-context.ts';
import classes from './ollama-page.module.css';

function Pull({ pull }: { readonly pull: OllamaPull }) {
  const { t } = useTranslation('providers');
  const { pull: bring, cancelPull } = ollamaContext.useStoreApi().getState();
  const { model, state, status, completedBytes, totalBytes, error } = pull;
  const part = totalBytes === null || totalBytes === 0 ? null : completedBytes / totalBytes;
  const amount =
    totalBytes === null
      ? status
      : t('ollama.pull.bytes', { done: formatBytes(completedBytes), total: formatBytes(totalBytes) });
  const isRunning = state === 'running';
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <h3>{model}</h3>
        <span className={classes.dim}>
          {isRunning ? amount : t(`ollama.pull.${state === 'failed' ? 'failed' : 'cancelled'}`, { amount })}
        </span>
        <Group gap={8}>
          {isRunning ? (
            <Button
              size="xs"
              variant="default"
              aria-label={t('ollama.pull.cancelOf', { model })}
              onClick={() => void cancelPull(model)}
            >
              {t('cancel')}
            </Button>
          ) : (
            <Button size="xs" aria-label={t('ollama.pull.goOnOf', { model })} onClick={() => void bring(model)}>
              {t('ollama.pull.goOn')}
            </Button>
          )}
        </Group>
      </div>
      <Progress
        size={4}
        value={(part ?? (isRunning ? 1 : 0)) * 100}
        animated={isRunning && part === null}
        color={state === 'failed' ? 'red' : isRunning ? 'ultramarine' : 'gray'}
        transitionDuration={100}
        aria-label={t('ollama.pull.progress', { model, share: formatShare(part ?? 0) })}
      />
      {error !== null && <ErrorNote error={error} />}
    </li>
  );
}

/** Gets further models; what was broken off goes on where it stopped. */
export function OllamaPulls() {
  const { t } = useTranslation('providers');
  const pulls = ollamaContext.useStore((state) => state.pulls);
  const models = ollamaContext.useStore((state) => state.models);
  const wanted = settingsContext.useStore((state) => state.settings?.ollama.model ?? '');
  const { pull } = ollamaContext.useStoreApi().getState();
  const isMissing = wanted !== '' && !models.some(({ name }) => name === wanted || name === `${wanted}:latest`);
  const [name, setName] = useState('');
  const shown = name === '' && isMissing ? wanted : name;

  return (
    <section className={classes.section} aria-labelledby="ollama-get">
      <h2 id="ollama-get">{t('ollama.pull.title')}</h2>
      <form
        className={classes.get}
        onSubmit={(event) => {
          event.preventDefault();
          const model = shown.trim();
          if (model === '') return;
          void pull(model);
          setName('');
        }}
      >
        <TextInput
          className={classes.grow}
          label={t('ollama.pull.name')}
          description={isMissing ? t('ollama.pull.missing', { model: wanted }) : t('ollama.pull.hint')}
          placeholder={wanted}
          spellCheck={false}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          disabled={shown.trim() === ''}
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        >
          {shown.trim() === '' ? t('ollama.pull.get') : t('ollama.pull.getNamed', { model: shown.trim() })}
        </Button>
      </form>
      <p>
        <ExternalLink href="https://ollama.com/library">{t('ollama.pull.library')}</ExternalLink>
      </p>
      {pulls.length > 0 && (
        <ul className={classes.list} aria-label={t('ollama.pull.list')}>
          {pulls.map((one) => (
            <Pull key={one.model} pull={one} />
          ))}
        </ul>
      )}
    </section>
  );
}
