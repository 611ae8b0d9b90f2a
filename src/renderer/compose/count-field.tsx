import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { largestCount } from '../../shared/models/generation-request.ts';
import { treatsImage } from './fit-draft.ts';
import { useCompose } from './use-compose.ts';

/** How many images one job makes. */
export function CountField() {
  const { t } = useTranslation('compose');
  const { draft, change, fitted } = useCompose();
  if (fitted === null || treatsImage(fitted.operation)) return null;

  return (
    <NumberInput
      w={80}
      label={t('count')}
      min={1}
      max={largestCount}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      value={draft.count}
      onChange={(count) => typeof count === 'number' && change({ count: Math.max(1, count) })}
    />
  );
}
