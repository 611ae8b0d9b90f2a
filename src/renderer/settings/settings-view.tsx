import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageColumn } from '../ui/page-column.tsx';
import { PageTabs } from '../ui/page-tabs.tsx';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { settingsPages } from '../ui/stores/view-store.ts';
import { GeneralSettings } from './general-settings.tsx';
import { PricesSettings } from './prices-settings.tsx';
import { RoutingSettings } from './routing-settings.tsx';

/** What can be set, a page for each matter, in one column. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const page = viewContext.useStore((state) => state.settingsPage);
  const { openSettings } = viewContext.useStoreApi().getState();
  return (
    <PageColumn width={720}>
      <h1>{t('title')}</h1>
      <PageTabs
        label={t('pages.label')}
        pages={settingsPages}
        titleOf={(name) => t(`pages.${name}`)}
        page={page}
        onOpen={openSettings}
      >
        <Tabs.Panel value="general">
          <GeneralSettings />
        </Tabs.Panel>
        <Tabs.Panel value="routing">
          <RoutingSettings />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <PricesSettings />
        </Tabs.Panel>
      </PageTabs>
    </PageColumn>
  );
}
