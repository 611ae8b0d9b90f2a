import { NumberInput } from '@mantine/core';
import { IconDice5, IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { largestSeed } from '../../shared/models/generation-request.ts';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './seed-field.module.css';
import { randomSeed } from './random-seed.ts';
import { useCompose } from './use-compose.ts';

/** Empty means a new seed for each job; a number, typed, rolled or locked, is kept. `shownSeed` is what the lock takes. */
export function SeedField({ shownSeed }: { readonly shownSeed: number | null }) {
  const { t } = useTranslation('compose');
  const { draft, change, chosen } = useCompose();
  if (chosen?.model.parameters.includes('seed') !== true) return null;
  const locked = draft.seed !== null;

  return (
    <div className={classes.field}>
      <NumberInput
        className={classes.number}
        label={t('seed')}
        placeholder={t('seedRandom')}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        max={largestSeed}
        value={draft.seed ?? ''}
        onChange={(seed) => change({ seed: typeof seed === 'number' ? seed : null })}
      />
      <IconButton
        label={locked ? t('seedUnlock') : t('seedLock')}
        aria-pressed={locked}
        icon={locked ? <IconLock size={16} aria-hidden /> : <IconLockOpen2 size={16} aria-hidden />}
        variant={locked ? 'light' : 'subtle'}
        onClick={() => change({ seed: locked ? null : (shownSeed ?? randomSeed()) })}
      />
      <IconButton
        label={t('seedDice')}
        icon={<IconDice5 size={16} aria-hidden />}
        onClick={() => change({ seed: randomSeed() })}
      />
    </div>
  );
}
