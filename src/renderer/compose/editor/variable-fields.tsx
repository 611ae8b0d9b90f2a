import { TextInput } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import { variablesOf } from '../../../shared/prompt-text/resolve-prompt.ts';
import { useCompose } from '../use-compose.ts';
import classes from './variable-fields.module.css';

const longestValue = 2000;
/** More are no form any more. */
const mostFields = 30;

/** A field for each `${variable}` of the prompt. An empty one means the default, which stands in it. */
export function VariableFields() {
  const { t } = useTranslation('promptEditor');
  const { draft, change } = useCompose();
  const prompt = useDeferredValue(draft.prompt);
  const variables = useMemo(
    () => (prompt.includes('${') && prompt.length <= longestPrompt ? variablesOf(prompt).slice(0, mostFields) : []),
    [prompt],
  );
  if (variables.length === 0) return null;
  const values = draft.promptOptions.variables;

  const set = (name: string, value: string): void => {
    const { [name]: _before, ...others } = values;
    change({
      promptOptions: { ...draft.promptOptions, variables: value === '' ? others : { ...others, [name]: value } },
    });
  };
  return (
    <fieldset className={classes.fields}>
      <legend>{t('variables.title')}</legend>
      {variables.map(({ name, default: usual }) => (
        <TextInput
          key={name}
          label={name}
          placeholder={usual ?? t('variables.needed')}
          maxLength={longestValue}
          value={values[name] ?? ''}
          onChange={(event) => set(name, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}
