import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OllamaModel } from '../../shared/models/ollama.ts';
import { NumberField } from '../ui/number-field.tsx';
import { settingsContext } from '../ui/stores/shared-stores.ts';
import { ollamaContext } from './ollama-context.ts';
import classes from './ollama-page.module.css';

const automatic = '';

/** Which model does what, and how much room it may take. */
export function OllamaChoices() {
  const { t } = useTranslation('providers');
  const models = ollamaContext.useStore((state) => state.models);
  const settings = settingsContext.useStore((state) => state.settings?.ollama);
  const { update } = settingsContext.useStoreApi().getState();
  if (settings === undefined) return null;
  const change = (ollama: Partial<typeof settings>): void => void update({ ollama });

  const mayBeUsed = ({ name, isCloud }: OllamaModel): boolean => !isCloud || settings.allowedCloudModels.includes(name);
  const namesWith = (ability: string): string[] =>
    models.filter((model) => model.abilities.includes(ability) && mayBeUsed(model)).map(({ name }) => name);
  /** What is set stays in the list, though it is not there (any more). */
  const choices = (names: readonly string[], set: string | null) => [
    ...names.map((name) => ({ value: name, label: name })),
    ...(set === null || names.includes(set) ? [] : [{ value: set, label: t('ollama.notUsable', { name: set }) }]),
  ];

  return (
    <section className={classes.section} aria-labelledby="ollama-use">
      <h2 id="ollama-use">{t('ollama.use.title')}</h2>
      <div className={classes.fields}>
        <Switch
          label={t('ollama.use.use')}
          description={t('ollama.use.useText')}
          checked={settings.use}
          onChange={(event) => change({ use: event.currentTarget.checked })}
        />
        <Select
          label={t('ollama.use.model')}
          allowDeselect={false}
          data={choices(namesWith('completion'), settings.model)}
          value={settings.model}
          onChange={(model) => model !== null && change({ model })}
        />
        <Select
          label={t('ollama.use.vision')}
          description={namesWith('vision').length === 0 ? t('ollama.use.noVision') : undefined}
          allowDeselect={false}
          data={[
            { value: automatic, label: t('ollama.use.automatic') },
            ...choices(namesWith('vision'), settings.visionModel),
          ]}
          value={settings.visionModel ?? automatic}
          onChange={(name) => change({ visionModel: name === automatic ? null : name })}
        />
        <NumberField
          label={t('ollama.use.seconds')}
          value={settings.seconds}
          min={5}
          max={3600}
          w={240}
          onChange={(seconds) => seconds !== null && change({ seconds })}
        />
        <Switch
          label={t('ollama.use.freeMemory')}
          description={t('ollama.use.freeMemoryText')}
          checked={settings.freeMemoryBefore}
          onChange={(event) => change({ freeMemoryBefore: event.currentTarget.checked })}
        />
        <Switch
          label={t('ollama.use.freeComfyui')}
          description={t('ollama.use.freeComfyuiText')}
          checked={settings.freeComfyui}
          onChange={(event) => change({ freeComfyui: event.currentTarget.checked })}
        />
      </div>
    </section>
  );
}
