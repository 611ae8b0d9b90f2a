import { useTranslation } from 'react-i18next';
import { largestCount } from '../../shared/models/generation-request.ts';
import { treatsImage } from './fit-draft.ts';
import { FormNumber } from './form-number.tsx';
import { useCompose } from './use-compose.ts';

/** How many images one job makes. `problemId`: where it is said what is wrong with the number. */
export function CountField(props: {
  readonly problemId: string;
  readonly onProblem: (problem: string | null) => void;
}) {
  const { t } = useTranslation('compose');
  const { draft, change, fitted } = useCompose();
  if (fitted === null || treatsImage(fitted.operation)) return null;

  return (
    <FormNumber
      {...props}
      w={80}
      label={t('count')}
      min={1}
      max={largestCount}
      step={1}
      hasButtons
      value={draft.count}
      onChange={(count) => count !== null && change({ count })}
    />
  );
}
