import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedPrompt, SavedPromptVersion } from '../../shared/models/saved-prompt.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import { formatDateTime } from '../ui/format.ts';
import { showToast } from '../ui/show-toast.tsx';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { WordDiffView } from '../ui/word-diff-view.tsx';

interface VersionProps {
  readonly version: SavedPromptVersion;
  readonly before: SavedPromptVersion | undefined;
  readonly isCurrent: boolean;
  readonly onRestore: () => void;
}

function Version({ version, before, isCurrent, onRestore }: VersionProps) {
  const { t } = useTranslation('prompts');
  const { number, at, prompt, negativePrompt } = version;
  return (
    <li>
      <div className={classes.versionHead}>
        <span className={classes.dim}>
          {t('saved.version', { number, when: formatDateTime(at) })}
          {isCurrent && ` · ${t('saved.inUse')}`}
        </span>
        {!isCurrent && (
          <Button size="xs" variant="default" aria-label={t('saved.restoreOf', { number })} onClick={onRestore}>
            {t('saved.restore')}
          </Button>
        )}
      </div>
      {before === undefined ? (
        <p className={classes.words}>{prompt}</p>
      ) : (
        <WordDiffView before={before.prompt} after={prompt} />
      )}
      {before !== undefined && before.negativePrompt !== negativePrompt && (
        <>
          <p className={classes.dim}>{t('negative')}</p>
          <WordDiffView before={before.negativePrompt} after={negativePrompt} />
        </>
      )}
    </li>
  );
}

/** How a prompt came to be what it is. An older version that is restored becomes the newest; none is lost. */
export function SavedVersions({ prompt }: { readonly prompt: SavedPrompt }) {
  const { t } = useTranslation('prompts');
  const { id, folder, name, version: current } = prompt;
  const [isOpen, { toggle }] = useDisclosure(false);
  const versions = savedContext.useStore((state) => state.versions[id]);
  const { loadVersions, save } = savedContext.useStoreApi().getState();
  const isWanted = isOpen && versions === undefined;
  useEffect(() => {
    if (isWanted) void loadVersions(id);
  }, [isWanted, loadVersions, id]);
  if (current.number === 1) return null;

  const restore = async ({ prompt: words, negativePrompt, options }: SavedPromptVersion): Promise<void> => {
    const error = await save({ folder, name, prompt: words, negativePrompt, options }, id);
    if (error !== null) showToast({ kind: 'error', error });
  };
  return (
    <div>
      <DisclosureButton open={isOpen} onToggle={toggle}>
        {t('saved.versions', { count: current.number })}
      </DisclosureButton>
      <Collapse expanded={isOpen} transitionDuration={100}>
        <ol className={classes.versions} aria-label={t('saved.versions', { count: current.number })}>
          {versions?.map((version, place) => (
            <Version
              key={version.number}
              version={version}
              before={versions[place + 1]}
              isCurrent={version.number === current.number}
              onRestore={() => void restore(version)}
            />
          ))}
        </ol>
      </Collapse>
    </div>
  );
}
