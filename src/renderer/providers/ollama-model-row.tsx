import { Badge, Button, Checkbox, Group } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OllamaModel } from '../../shared/models/ollama.ts';
import { announce } from '../ui/announcer.tsx';
import { Ask } from '../ui/ask.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatBytes, formatNumber, formatSeconds, formatShare } from '../ui/format.ts';
import { settingsContext } from '../ui/stores/shared-stores.ts';
import { ollamaContext } from './ollama-context.ts';
import classes from './ollama-page.module.css';
import { abilityWords } from './ollama-words.ts';

function Facts({ model }: { readonly model: OllamaModel }) {
  const { t } = useTranslation('providers');
  const { sizeBytes, parameterSize, quantization, abilities, isCloud, isLoaded, memoryBytes, vramBytes } = model;
  const loaded = (): string => {
    if (memoryBytes === null || memoryBytes === 0) return t('ollama.loaded');
    const share = formatShare((vramBytes ?? 0) / memoryBytes);
    return t('ollama.loadedIn', { memory: formatBytes(memoryBytes), share });
  };
  const facts = [
    ...(isCloud ? [] : [formatBytes(sizeBytes)]),
    ...(parameterSize === '' ? [] : [t('ollama.parameters', { size: parameterSize })]),
    ...(quantization === '' ? [] : [quantization]),
    ...abilityWords(abilities),
  ];
  return (
    <>
      <p className={classes.dim}>{facts.join(' · ')}</p>
      {isLoaded && !isCloud && <p className={classes.dim}>{loaded()}</p>}
    </>
  );
}

/** Whether prompts may go to a model that runs elsewhere. */
function CloudConsent({ name }: { readonly name: string }) {
  const { t } = useTranslation('providers');
  const allowed = settingsContext.useStore((state) => state.settings?.ollama.allowedCloudModels) ?? [];
  const { update } = settingsContext.useStoreApi().getState();
  return (
    <>
      <p className={classes.warning}>{t('ollama.leaves')}</p>
      <Checkbox
        size="xs"
        label={t('ollama.allow', { name })}
        checked={allowed.includes(name)}
        onChange={({ currentTarget: { checked } }) => {
          const others = allowed.filter((other) => other !== name);
          void update({ ollama: { allowedCloudModels: checked ? [...others, name] : others } });
        }}
      />
    </>
  );
}

function TestResult({ name }: { readonly name: string }) {
  const { t } = useTranslation('providers');
  const result = ollamaContext.useStore((state) => state.tests[name]);
  if (result === undefined || result.kind === 'running') return null;
  if (result.kind === 'failed') return <ErrorNote error={result.error} />;
  const { firstMs, ms, tokensPerSecond, text } = result.test;
  const words = t('ollama.tested', { first: formatSeconds(firstMs / 1000), time: formatSeconds(ms / 1000) });
  const speed = tokensPerSecond === null ? '' : ` ${t('ollama.speed', { tokens: formatNumber(tokensPerSecond, 1) })}`;
  return (
    <p role="status">
      {words}
      {speed} <q className={classes.dim}>{text}</q>
    </p>
  );
}

/** One model: what it is, what it does for Easel, and what can be done with it. */
export function OllamaModelRow({ model, onGone }: { readonly model: OllamaModel; readonly onGone: () => void }) {
  const { t } = useTranslation('providers');
  const { name, isCloud, sizeBytes, abilities } = model;
  const settings = settingsContext.useStore((state) => state.settings?.ollama);
  const isTesting = ollamaContext.useStore((state) => state.tests[name]?.kind === 'running');
  const { test, remove } = ollamaContext.useStoreApi().getState();
  const [isAsking, setIsAsking] = useState(false);
  const deleteButton = useRef<HTMLButtonElement>(null);
  const canTest =
    abilities.includes('completion') && (!isCloud || settings?.allowedCloudModels.includes(name) === true);

  const stopAsking = (): void => {
    setIsAsking(false);
    requestAnimationFrame(() => deleteButton.current?.focus());
  };
  const erase = async (): Promise<void> => {
    if (!(await remove(name))) return;
    announce(t('ollama.deleted', { name }));
    onGone();
  };

  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <h3>{name}</h3>
        {settings?.model === name && (
          <Badge className={classes.badge} variant="default">
            {t('ollama.roles.writes')}
          </Badge>
        )}
        {settings?.visionModel === name && (
          <Badge className={classes.badge} variant="default">
            {t('ollama.roles.sees')}
          </Badge>
        )}
        {isCloud && (
          <Badge className={classes.badge} variant="default">
            {t('ollama.cloud')}
          </Badge>
        )}
        <Group gap={8}>
          {canTest && (
            <Button
              size="xs"
              variant="default"
              loading={isTesting}
              leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
              aria-label={t('ollama.testOf', { name })}
              onClick={() => void test(name)}
            >
              {t('ollama.test')}
            </Button>
          )}
          <Button
            ref={deleteButton}
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} stroke={1.75} aria-hidden />}
            aria-label={t('ollama.deleteOf', { name })}
            onClick={() => setIsAsking(true)}
          >
            {t('ollama.delete')}
          </Button>
        </Group>
      </div>
      <Facts model={model} />
      {isCloud && <CloudConsent name={name} />}
      <TestResult name={name} />
      {isAsking && (
        <Ask
          question={t(isCloud ? 'ollama.askDeleteCloud' : 'ollama.askDelete', { name, size: formatBytes(sizeBytes) })}
          yes={t('ollama.delete')}
          no={t('ollama.keep')}
          onYes={() => void erase()}
          onNo={stopAsking}
        />
      )}
    </li>
  );
}
