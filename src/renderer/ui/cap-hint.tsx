import { useTranslation } from 'react-i18next';
import type { Caps } from '../../shared/models/routing.ts';
import { capsOutOfPlay } from '../../shared/routing/caps-out-of-play.ts';
import classes from './cap-hint.module.css';

/** Beside a cap: that it never comes into play, where a wider one is lower. Nothing is wrong with that, so it is no error. */
export function CapHint({ name, caps }: { readonly name: keyof Caps; readonly caps: Caps }) {
  const { t } = useTranslation('ui');
  const by = capsOutOfPlay(caps)[name];
  return (
    <p role="status" className={classes.hint}>
      {by !== undefined &&
        t('capOutOfPlay.words', { cap: t(`capOutOfPlay.cap.${name}`), by: t(`capOutOfPlay.by.${by}`) })}
    </p>
  );
}
