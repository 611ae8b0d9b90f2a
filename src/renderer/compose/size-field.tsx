import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowsExchange, IconPhoto } from '@tabler/icons-react';
import { useId, useState, type FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { aspects, presetOf, swapAspect, type Aspect, type AspectPreset, type Size } from './aspect.ts';
import { fitDraft, wantedSize } from './fit-draft.ts';
import { FormNumber } from './form-number.tsx';
import classes from './size-field.module.css';
import { SizeListField } from './size-list-field.tsx';
import type { ChosenModel } from './model-choice.ts';
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

/**
 * Width and height, as the model takes them. Another size may make another model the one that is asked, which takes sizes in
 * another way; while the keyboard is in the field it stays what it is.
 */
export function SizeField() {
  const { chosen, fitted } = useCompose();
  /** Whose field the keyboard is in; null: it is elsewhere. */
  const [held, setHeld] = useState<ChosenModel | null>(null);
  const present = fitted?.size ? chosen : null;
  const shown = held ?? present;
  if (shown === null) return null;
  const { sizes } = shown.model.limits;
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) setHeld(null);
  };
  return (
    <div onFocus={() => setHeld(shown)} onBlur={leave}>
      {sizes === undefined ? <FreeSizeField shown={present ?? shown} /> : <SizeListField sizes={sizes} shown={shown} />}
    </div>
  );
}

/** By shape, or typed. The model's limits are named where they bite. */
function FreeSizeField({ shown: { model } }: { readonly shown: ChosenModel }) {
  const { t } = useTranslation('compose');
  const id = useId();
  const { draft, change } = useCompose();
  const [wrong, setWrong] = useState<{ readonly [side in keyof Size]?: string }>({});
  const { min, max, multipleOf: step } = model.limits.side;
  const wanted = wantedSize(draft, model);
  const note = fitDraft(draft, model).notes.size;
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
    name: t(name),
    min: 1,
    max: 16_384,
    step,
    settlesAfterPause: false,
    problemId: `${id}-${name}`,
    value: wanted[name],
    onChange: (value: number | null) => value !== null && setCustom({ [name]: value }),
    onProblem: (problem: string | null) => setWrong((before) => ({ ...before, [name]: problem ?? undefined })),
  });
  const hint = (): string => {
    if (note === undefined) return t(step === 1 ? 'sizeRangeAny' : 'sizeRange', { min, max, step });
    const to = formatSize(note.to.width, note.to.height);
    // What a list of sizes makes of it is seen when the field is left.
    return model.limits.sizes === undefined
      ? t('notes.sizeFitted', { to, min, max, step })
      : t('notes.sizeNearest', { to });
  };

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
        <FormNumber {...side('width')} leftSection="W" />
        <IconButton label={t('swap')} icon={<IconArrowsExchange size={16} aria-hidden />} onClick={swap} />
        <FormNumber {...side('height')} leftSection="H" />
      </div>
      {(['width', 'height'] as const).map(
        (name) =>
          wrong[name] !== undefined && (
            <p key={name} id={`${id}-${name}`} className={classes.wrong}>
              {t('sideWrong', { side: t(name), problem: wrong[name] })}
            </p>
          ),
      )}
      <p className={classes.hint} data-warning={note !== undefined || undefined}>
        {hint()}
      </p>
    </fieldset>
  );
}
