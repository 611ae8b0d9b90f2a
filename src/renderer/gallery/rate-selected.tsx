import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../ui/key-hint.tsx';
import { galleryContext } from './gallery-context.ts';

/** For those without a keyboard, and to learn its keys. */
export function RateSelected() {
  const { t } = useTranslation('ui');
  const rate = galleryContext.useStore((state) => state.rateSelected);
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconStar size={14} stroke={1.75} aria-hidden />}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}
        >
          {t('rating.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[5, 4, 3, 2, 1].map((stars) => (
          <Menu.Item key={stars} rightSection={<KeyHint keys={`Digit${stars}`} />} onClick={() => void rate(stars)}>
            {t('rating.stars', { count: stars })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item rightSection={<KeyHint keys="Digit0" />} onClick={() => void rate(0)}>
          {t('rating.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
