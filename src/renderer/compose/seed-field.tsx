import { IconDice5, IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { largestSeed } from '../../shared/models/generation-request.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { FormNumber } from './form-number.tsx';
import classes from './seed-field.module.css';
import { randomSeed } from './random-seed.ts';
import { useCompose } from './use-compose.ts';

interface SeedFieldProps {
  /** What the lock takes. */
  readonly shownSeed: number | null;
  /** Where it is said what is wrong with the number. */
  readonly problemId: string;
  readonly onProblem: (problem: string | null) => void;
}

/** Empty means a new seed for each job; a number, typed, rolled or locked, is kept. */
export function SeedField({ shownSeed, problemId, onProblem }: SeedFieldProps) {
  const { t } = useTranslation('compose');
  const { draft, change, chosen } = useCompose();
  if (chosen?.model.parameters.includes('seed') !== true) return null;
  const locked = draft.seed !== null;

  return (
    <div className={classes.field}>
      <FormNumber
        className={classes.number}
        label={t('seed')}
        placeholder={t('seedRandom')}
        min={0}
        max={largestSeed}
        step={1}
        isOptional
        value={draft.seed}
        problemId={problemId}
        onProblem={onProblem}
        onChange={(seed) => change({ seed })}
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
