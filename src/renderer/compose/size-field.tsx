import { NumberInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowsExchange, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { aspects, presetOf, swapAspect, type Aspect, type AspectPreset, type Size } from './aspect.ts';
import { wantedSize } from './fit-draft.ts';
import classes from './size-field.module.css';
import { SizeListField } from './size-list-field.tsx';
import { useCompose } from './use-compose.ts';

/** Draws a ratio as a small outline, the long side as long as the box. */
function AspectIcon({ aspect }: { readonly aspect: AspectPreset }) {
  const [across, down] = aspects[aspect];
  const scale = 14 / Math.max(across, down);
  const [width, height] = [across * scale, down * scale];
  return (
    <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden>
      <rect
        x={(18 - width) / 2}
        y={(18 - height) / 2}
        width={width}
        height={height}
        rx={1.5}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
    </svg>
  );
}

/** Width and height, as the model takes them. */
export function SizeField() {
  const { chosen, fitted } = useCompose();
  if (chosen === null || !fitted?.size) return null;
  const { sizes } = chosen.model.limits;
  return sizes === undefined ? <FreeSizeField /> : <SizeListField sizes={sizes} />;
}

/** By shape, or typed. The model's limits are named where they bite. */
function FreeSizeField() {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  if (chosen === null || !fitted?.size) return null;
  const { model } = chosen;
  const { min, max, multipleOf: step } = model.limits.side;
  const wanted = wantedSize(draft, model);
  const note = fitted.notes.size;
  // A typed or recalled size may happen to be a preset's.
  const shape = draft.aspect === 'custom' ? presetOf(wanted, model) : draft.aspect;

  const setCustom = (size: Partial<Size>): void => {
    const next = { width: wanted.width, height: wanted.height, ...size };
    change({ ...next, aspect: presetOf(next, model) ?? 'custom' });
  };
  const swap = (): void => change({ aspect: swapAspect(draft.aspect), width: wanted.height, height: wanted.width });
  const preset = (aspect: Aspect) => ({
    'aria-pressed': shape === aspect,
    className: classes.aspect,
    onClick: () => change({ aspect, width: wanted.width, height: wanted.height }),
  });
  const side = (name: 'width' | 'height') => ({
    'aria-label': t(name),
    hideControls: true,
    allowDecimal: false,
    allowNegative: false,
    min: 1,
    max: 16_384,
    step,
    value: wanted[name],
    onChange: (value: number | string) => typeof value === 'number' && value > 0 && setCustom({ [name]: value }),
  });

  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{t('size')}</legend>
      <div className={classes.aspects} role="group" aria-label={t('aspect')}>
        {draft.image !== null && (
          <Tooltip label={t('aspectReference')}>
            <UnstyledButton {...preset('reference')} aria-label={t('aspectReference')}>
              <IconPhoto size={18} stroke={1.5} aria-hidden />
            </UnstyledButton>
          </Tooltip>
        )}
        {(Object.keys(aspects) as AspectPreset[]).map((aspect) => (
          <UnstyledButton key={aspect} {...preset(aspect)}>
            <AspectIcon aspect={aspect} />
            {aspect}
          </UnstyledButton>
        ))}
      </div>
      <div className={classes.sides}>
        <NumberInput {...side('width')} leftSection="W" />
        <IconButton label={t('swap')} icon={<IconArrowsExchange size={16} aria-hidden />} onClick={swap} />
        <NumberInput {...side('height')} leftSection="H" />
      </div>
      <p className={classes.hint} data-warning={note !== undefined || undefined}>
        {note === undefined
          ? t(step === 1 ? 'sizeRangeAny' : 'sizeRange', { min, max, step })
          : t('notes.sizeFitted', { to: formatSize(note.to.width, note.to.height), min, max, step })}
      </p>
    </fieldset>
  );
}
