import { Badge, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';
import { variablesOf } from '../../shared/prompt-text/resolve-prompt.ts';
import { CopyValue } from '../ui/copy-value.tsx';
import { useEditor } from '../ui/editor-context.ts';
import { formatDateTime } from '../ui/format.ts';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { SavedForm } from './saved-form.tsx';
import { SavedVersions } from './saved-versions.tsx';

/** A kept prompt: its words, its versions, and what can be done with it. */
export function SavedDetails({ prompt }: { readonly prompt: SavedPrompt }) {
  const { t } = useTranslation('prompts');
  const { remove } = savedContext.useStoreApi().getState();
  const editor = useEditor();
  const [isEditing, setIsEditing] = useState(false);
  const { id, folder, name, version, updatedAt } = prompt;
  const { prompt: words, negativePrompt, options } = version;
  const variables = variablesOf(words).map((variable) => variable.name);
  const styles = [...options.styles, ...options.enhancers].join(', ').replaceAll('_', ' ');

  if (isEditing) {
    return (
      <div className={classes.details}>
        <h2>{t('saved.editTitle')}</h2>
        <SavedForm
          start={{ folder, name, prompt: words, negativePrompt, options }}
          was={id}
          onCancel={() => setIsEditing(false)}
          onSaved={() => setIsEditing(false)}
        />
      </div>
    );
  }
  return (
    <div className={classes.details} role="region" aria-label={t('saved.details')}>
      <div>
        <h2>
          {name}{' '}
          {variables.length > 0 && (
            <Badge className={classes.badge} variant="default">
              {t('saved.template')}
            </Badge>
          )}
        </h2>
        <p className={classes.dim}>
          {[...(folder === '' ? [] : [folder]), t('saved.changed', { when: formatDateTime(updatedAt) })].join(' · ')}
        </p>
      </div>
      <p className={classes.words}>{words}</p>
      {variables.length > 0 && <p className={classes.dim}>{t('saved.asksFor', { list: variables.join(', ') })}</p>}
      {negativePrompt !== '' && (
        <section>
          <h3>{t('negative')}</h3>
          <p className={classes.words}>{negativePrompt}</p>
        </section>
      )}
      {styles !== '' && <p className={classes.dim}>{t('timeline.styles', { list: styles })}</p>}
      <Group gap={8}>
        <Button size="xs" onClick={() => editor.take(version)}>
          {t('use')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setIsEditing(true)}>
          {t('saved.edit')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => void remove(id)}>
          {t('saved.delete')}
        </Button>
        <CopyValue value={words} label={t('copy')} />
      </Group>
      <SavedVersions prompt={prompt} />
    </div>
  );
}
