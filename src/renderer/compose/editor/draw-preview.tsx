import { IconDice5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import classes from './draw-preview.module.css';
import { drawPreviewContext } from './editor-context.ts';

/** What one draw gives of a prompt that leaves something to chance, or why it gives nothing. */
export function DrawPreview() {
  const { t } = useTranslation('promptEditor');
  const drawn = drawPreviewContext.useStore((state) => state.drawn);
  const drawAgain = drawPreviewContext.useStore((state) => state.drawAgain);
  if (drawn === null) return null;
  if ('error' in drawn) {
    return (
      <p className={classes.wrong} role="status">
        {drawn.error.message}
      </p>
    );
  }
  return (
    <div className={classes.preview}>
      <p className={classes.words} tabIndex={0} aria-label={t('draw.gives', { text: drawn.text })}>
        <span className={classes.lead}>{t('draw.lead')}</span> {drawn.text}
      </p>
      <IconButton
        size="xs"
        label={t('draw.again')}
        icon={<IconDice5 size={16} stroke={1.75} aria-hidden />}
        onClick={drawAgain}
      />
    </div>
  );
}
