import { Menu } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/models/settings.ts';
import { IconButton } from './icon-button.tsx';
import { settingsContext } from './stores/shared-stores.ts';

const choices = [
  { theme: 'system', label: 'bar.themeSystem', Icon: IconDeviceDesktop },
  { theme: 'light', label: 'bar.themeLight', Icon: IconSun },
  { theme: 'dark', label: 'bar.themeDark', Icon: IconMoon },
] as const satisfies readonly { theme: Settings['theme']; label: string; Icon: unknown }[];

export function ThemeMenu() {
  const { t } = useTranslation('ui');
  const theme = settingsContext.useStore((state) => state.settings?.theme ?? 'system');
  const { update } = settingsContext.useStoreApi().getState();
  const Current = choices.find((choice) => choice.theme === theme)?.Icon ?? IconDeviceDesktop;

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('bar.theme')} icon={<Current size={18} stroke={1.75} aria-hidden />} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={theme} onChange={(choice) => void update({ theme: choice as Settings['theme'] })}>
          {choices.map(({ theme: choice, label, Icon }) => (
            <Menu.RadioItem
              key={choice}
              value={choice}
              closeMenuOnClick
              rightSection={<Icon size={16} stroke={1.75} aria-hidden />}
            >
              {t(label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
