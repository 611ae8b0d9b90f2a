import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../shared/models/comparison.ts';
import classes from './comparison-page.module.css';

/** Which pictures are out, and why, in words that name nobody. */
export function OutNotes({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation('comparison');
  const out = comparison.entries.filter(({ problem }) => problem !== null);
  if (out.length === 0) return null;
  return (
    <ul className={classes.out}>
      {out.map(({ label, problem }) => (
        <li key={label}>{t('out', { label, problem: problem ?? '' })}</li>
      ))}
    </ul>
  );
}
