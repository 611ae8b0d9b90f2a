import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { settingsPages, type SettingsPage } from '../ui/stores/view-store.ts';
import { GeneralSettings } from './general-settings.tsx';
import { PricesSettings } from './prices-settings.tsx';
import { RoutingSettings } from './routing-settings.tsx';
import classes from './settings-view.module.css';

const isPage = (name: string | null): name is SettingsPage => settingsPages.some((page) => page === name);

/** What can be set, a page for each matter, in one column. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const page = viewContext.useStore((state) => state.settingsPage);
  const { openSettings } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.view}>
      <div className={classes.column}>
        <h1>{t('title')}</h1>
        <Tabs value={page} keepMounted={false} onChange={(next) => isPage(next) && openSettings(next)}>
          <Tabs.List className={classes.tabs} aria-label={t('pages.label')}>
            {settingsPages.map((name) => (
              <Tabs.Tab key={name} value={name} className={classes.tab}>
                {t(`pages.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="general">
            <GeneralSettings />
          </Tabs.Panel>
          <Tabs.Panel value="routing">
            <RoutingSettings />
          </Tabs.Panel>
          <Tabs.Panel value="prices">
            <PricesSettings />
          </Tabs.Panel>
        </Tabs>
      </div>
    </div>
  );
}
