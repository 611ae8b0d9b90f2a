import { Button } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SliderField } from '../ui/slider-field.tsx';
import { composeContext } from './compose-context.ts';
import { takesImage, treatsImage } from './fit-draft.ts';
import { PictureSlot } from './picture-slot.tsx';
import { ReferencesField } from './references-field.tsx';
import { useCompose } from './use-compose.ts';

/** The reference, its mask and how much of it is kept: what the model can do with them decides what is shown. */
export function ReferenceField() {
  const { t } = useTranslation('compose');
  const { draft, chosen, fitted, change } = useCompose();
  const { markNumber } = composeContext.useStoreApi().getState();
  const busy = composeContext.useStore((state) => state.uploading.image || state.uploadError.image !== null);
  const [maskWanted, setMaskWanted] = useState(false);
  if (chosen === null || fitted === null) return null;
  const { model } = chosen;
  const { operation } = fitted;
  const takesReference =
    busy ||
    takesImage(operation, model) ||
    model.operations.includes('imageToImage') ||
    model.operations.includes('inpaint');
  if (!takesReference && draft.image === null) return null;

  const canMask = model.operations.includes('inpaint') && draft.image !== null;
  const usesStrength =
    (operation === 'imageToImage' || operation === 'inpaint') && model.parameters.includes('strength');
  const usual = model.defaults.strength ?? null;
  const label = (): string => {
    if (operation === 'upscale') return t('referenceUpscale');
    if (operation === 'removeBackground') return t('referenceCutOut');
    if (operation !== 'video' || !takesImage(operation, model)) return t('reference');
    return t(model.startsFrom === 'image' ? 'referenceFirstFrame' : 'referenceFirstFrameOptional');
  };

  return (
    <>
      <PictureSlot
        slot="image"
        label={label()}
        alt={t('referenceAlt')}
        removeLabel={t('referenceRemove')}
        note={fitted.notes.imageUnused && t('notes.referenceUnused')}
      />
      {usesStrength && (
        <SliderField
          label={t('strength')}
          hint={t('strengthHint')}
          value={draft.strength}
          usual={usual}
          min={0}
          max={1}
          most={1}
          step={0.05}
          placeholder=""
          resetLabel={t('resetTo', { value: usual ?? '' })}
          onProblem={(problem) => markNumber(t('strength'), problem !== null)}
          onChange={(strength) => change({ strength })}
        />
      )}
      {!treatsImage(operation) && (draft.mask !== null || (canMask && maskWanted)) && (
        <PictureSlot
          slot="mask"
          label={t('mask')}
          alt={t('maskAlt')}
          removeLabel={t('maskRemove')}
          note={fitted.notes.maskUnused ? t('notes.maskUnused') : t('maskHint')}
        />
      )}
      {canMask && draft.mask === null && !maskWanted && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBrush size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setMaskWanted(true)}
        >
          {t('maskAdd')}
        </Button>
      )}
      <ReferencesField />
    </>
  );
}
