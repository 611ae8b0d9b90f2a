import { Button, Group, Loader, SegmentedControl } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/models/settings.ts';
import { ProviderAddress } from '../ui/provider-address.tsx';
import { providersContext, settingsContext, systemContext, viewContext } from '../ui/stores/shared-stores.ts';
import { LibrarySettings } from './library-settings.tsx';
import { Section } from './section.tsx';
import classes from './settings-view.module.css';

function Appearance() {
  const { t } = useTranslation('settings');
  const theme = settingsContext.useStore((state) => state.settings?.theme ?? 'system');
  const { update } = settingsContext.useStoreApi().getState();
  const choices: readonly Settings['theme'][] = ['system', 'light', 'dark'];
  return (
    <div className={classes.row}>
      <p className={classes.dim}>{t('themeText')}</p>
      <SegmentedControl<Settings['theme']>
        className={classes.segments}
        aria-label={t('theme')}
        value={theme}
        onChange={(next) => void update({ theme: next })}
        data={choices.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </div>
  );
}

function ComfyUi() {
  const { t } = useTranslation('settings');
  const provider = providersContext.useStore((state) =>
    state.providers.find(({ manifest }) => manifest.id === 'comfyui'),
  );
  const isAsking = providersContext.useStore((state) => state.checking.has('comfyui'));
  const { check } = providersContext.useStoreApi().getState();
  const { go } = viewContext.useStoreApi().getState();
  if (provider === undefined) return null;
  return (
    <Section title={t('comfyui')}>
      <p className={classes.dim}>{t('comfyuiText')}</p>
      <ProviderAddress provider={provider} />
      <Group gap={8}>
        <Button
          variant="default"
          loading={isAsking}
          leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
          onClick={() => void check('comfyui')}
        >
          {t('test')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => go('providers')}>
          {t('showProviders')}
        </Button>
      </Group>
      <p role="status">{provider.health.message}</p>
    </Section>
  );
}

function About() {
  const { t } = useTranslation('settings');
  const version = systemContext.useStore((state) => state.info?.version ?? '');
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('version')}</dt>
        <dd>{version}</dd>
      </div>
      <div>
        <dt>{t('licence')}</dt>
        <dd>{t('licenceName')}</dd>
      </div>
    </dl>
  );
}

/** What has to do with the program itself. */
export function GeneralSettings() {
  const { t } = useTranslation('settings');
  const isLoaded = settingsContext.useStore((state) => state.settings !== null);
  const notices = systemContext.useStore((state) => state.info?.notices);
  if (!isLoaded) return <Loader size="sm" color="gray" aria-label={t('loading')} />;
  return (
    <>
      {notices !== undefined && notices.length > 0 && (
        <Section title={t('notices')}>
          {notices.map((notice) => (
            <p key={notice}>{notice}</p>
          ))}
        </Section>
      )}
      <Section title={t('appearance')}>
        <Appearance />
      </Section>
      <Section title={t('library')}>
        <LibrarySettings />
      </Section>
      <ComfyUi />
      <Section title={t('about')}>
        <About />
      </Section>
    </>
  );
}
