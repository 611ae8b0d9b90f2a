import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProjectName } from '../../shared/models/generation-request.ts';
import { useCompose } from './use-compose.ts';

/** Which project the images go to. */
export function ProjectField() {
  const { t } = useTranslation('compose');
  const { draft, change } = useCompose();
  return (
    <TextInput
      label={t('project')}
      description={t('projectHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxLength={80}
      value={draft.project}
      error={!ProjectName.safeParse(draft.project).success && t('projectInvalid')}
      onChange={(event) => change({ project: event.currentTarget.value })}
    />
  );
}
