import { Button, Loader } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/i18n.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { settingsContext } from '../ui/stores/shared-stores.ts';
import { OllamaAddress } from './ollama-address.tsx';
import { ollamaContext } from './ollama-context.ts';
import { OllamaChoices } from './ollama-choices.tsx';
import { OllamaModels } from './ollama-models.tsx';
import { OllamaPulls } from './ollama-pulls.tsx';
import classes from './ollama-page.module.css';

const downloadUrl = 'https://ollama.com/download';

/** Where there is none: the way to get it. */
function HowToGetIt() {
  const { t } = useTranslation('providers');
  const wanted = settingsContext.useStore((state) => state.settings?.ollama.model ?? '');
  return (
    <section className={classes.steps} aria-label={t('ollama.get.title')}>
      <h2>{t('ollama.get.title')}</h2>
      <ol>
        <li>
          {t('ollama.get.install')} <ExternalLink href={downloadUrl}>{t('ollama.get.link')}</ExternalLink>
        </li>
        <li>{t('ollama.get.start')}</li>
        <li>{t('ollama.get.model', { model: wanted })}</li>
      </ol>
      <p className={classes.dim}>{t('ollama.get.without')}</p>
    </section>
  );
}

function Standing() {
  const { t } = useTranslation('providers');
  const status = ollamaContext.useStore((state) => state.status);
  const isLoading = ollamaContext.useStore((state) => state.isLoading);
  const { load } = ollamaContext.useStoreApi().getState();
  if (status === null) return null;
  return (
    <section className={classes.card} aria-label={t('ollama.standing')}>
      <div className={classes.head}>
        <p role="status" className={classes.standing} data-good={status.isReachable || undefined}>
          <span className={classes.dot} aria-hidden />
          {t(status.isReachable ? 'ollama.isThere' : 'ollama.isNotThere')}
          {status.version !== null && <span className={classes.dim}>{t('version', { version: status.version })}</span>}
        </p>
        <Button
          size="xs"
          variant="default"
          loading={isLoading}
          leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden />}
          onClick={() => void load()}
        >
          {t('ollama.checkAgain')}
        </Button>
      </div>
      <OllamaAddress status={status} />
      {!status.isThisMachine && <p className={classes.warning}>{t('ollama.otherMachine')}</p>}
      {status.problem !== null && <p>{status.problem}</p>}
    </section>
  );
}

/** The language models that write for Easel: whether they are there, which does what, and how to get more. */
export function OllamaPage() {
  const { t } = useTranslation('providers');
  const status = ollamaContext.useStore((state) => state.status);
  const error = ollamaContext.useStore((state) => state.error);
  const { load, leave } = ollamaContext.useStoreApi().getState();
  const address = settingsContext.useStore((state) => state.settings?.ollama.address);
  useEffect(() => {
    void load();
    return leave;
  }, [load, leave, address]);
  useActions([
    {
      name: 'ollama.check',
      label: translate('providers:ollama.checkAction'),
      section: 'providers',
      keys: ['KeyR'],
      run: () => void load(),
    },
  ]);

  return (
    <div className={classes.page}>
      <p className={classes.dim}>{t('ollama.intro')}</p>
      {error !== null && (
        <ErrorNote
          error={error}
          actions={
            <Button size="xs" variant="default" onClick={() => void load()}>
              {t('ollama.checkAgain')}
            </Button>
          }
        />
      )}
      {status === null && error === null && <Loader m="xl" size="sm" color="gray" aria-label={t('ollama.loading')} />}
      <Standing />
      {status?.isReachable === false && <HowToGetIt />}
      {status?.isReachable === true && (
        <>
          <OllamaModels />
          <OllamaPulls />
          <OllamaChoices />
        </>
      )}
    </div>
  );
}
