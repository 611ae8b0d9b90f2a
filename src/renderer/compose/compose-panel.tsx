import { Collapse, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronRight, IconLayoutSidebarLeftCollapse } from '@tabler/icons-react';
import { useId, useRef, useState, type ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Parameter } from '../../shared/models/provider.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { composeContext } from './compose-context.ts';
import classes from './compose-panel.module.css';
import { CountField } from './count-field.tsx';
import { GenerateFooter } from './generate-footer.tsx';
import { LoraField } from './lora-field.tsx';
import { ModelPicker } from './model-picker.tsx';
import { OutputFields } from './output-fields.tsx';
import { ProjectField } from './project-field.tsx';
import { PromptField } from './prompt-field.tsx';
import { randomSeed } from './random-seed.ts';
import { ReferenceField } from './reference-field.tsx';
import { RouteWishes } from './route-wishes.tsx';
import { SamplingFields } from './sampling-fields.tsx';
import { SeedField } from './seed-field.tsx';
import { SizeField } from './size-field.tsx';
import { useCompose } from './use-compose.ts';

/** Number and seed beside each other, and what is wrong with them below both. */
function CountAndSeed({ shownSeed }: { readonly shownSeed: number | null }) {
  const id = useId();
  const [wrongCount, setWrongCount] = useState<string | null>(null);
  const [wrongSeed, setWrongSeed] = useState<string | null>(null);
  return (
    <div className={classes.numbers}>
      <div className={classes.row}>
        <CountField problemId={`${id}-count`} onProblem={setWrongCount} />
        <SeedField shownSeed={shownSeed} problemId={`${id}-seed`} onProblem={setWrongSeed} />
      </div>
      {wrongCount !== null && (
        <p id={`${id}-count`} className={classes.wrong}>
          {wrongCount}
        </p>
      )}
      {wrongSeed !== null && (
        <p id={`${id}-seed`} className={classes.wrong}>
          {wrongSeed}
        </p>
      )}
    </div>
  );
}

const samplingParameters: readonly Parameter[] = ['steps', 'guidance', 'sampler', 'scheduler'];

interface ComposePanelProps {
  /** The seed of the image in the middle, for the lock. */
  readonly shownSeed: number | null;
  readonly onGenerate: (front: boolean) => void;
  readonly onHide: () => void;
}

/** The left side of the Create view: everything that makes a request. */
export function ComposePanel({ shownSeed, onGenerate, onHide }: ComposePanelProps) {
  const { t } = useTranslation('compose');
  const { chosen, change } = useCompose();
  const { setPicture } = composeContext.useStoreApi().getState();
  const promptField = useRef<HTMLTextAreaElement>(null);
  const [samplingOpen, setSamplingOpen] = useLocalStorage({ key: 'easel-sampling-open', defaultValue: false });
  const hasSampling = chosen !== null && samplingParameters.some((name) => chosen.model.parameters.includes(name));

  useActions([
    {
      name: 'compose.focusPrompt',
      label: t('actions.focusPrompt'),
      section: 'create',
      keys: ['KeyE'],
      run: () => promptField.current?.focus(),
    },
    {
      name: 'compose.newSeed',
      label: t('actions.newSeed'),
      section: 'create',
      keys: [],
      run: () => change({ seed: randomSeed() }),
    },
  ]);

  const paste = (event: ClipboardEvent): void => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'));
    if (file === undefined) return;
    event.preventDefault();
    void setPicture('image', file);
  };

  return (
    <form
      className={classes.panel}
      aria-label={t('title')}
      onPaste={paste}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className={classes.scroll}>
        <ModelPicker />
        <IconButton
          className={classes.hide}
          size="xs"
          label={t('hide')}
          keys="KeyT"
          icon={<IconLayoutSidebarLeftCollapse size={16} stroke={1.75} aria-hidden />}
          onClick={onHide}
        />
        <RouteWishes />
        <PromptField field={promptField} />
        <ReferenceField />
        <SizeField />
        <OutputFields />
        <CountAndSeed shownSeed={shownSeed} />
        {hasSampling && (
          <section>
            <UnstyledButton
              className={classes.toggle}
              aria-expanded={samplingOpen}
              onClick={() => setSamplingOpen(!samplingOpen)}
            >
              <IconChevronRight
                className={classes.chevron}
                data-open={samplingOpen || undefined}
                size={14}
                aria-hidden
              />
              {t('sampling')}
            </UnstyledButton>
            <Collapse expanded={samplingOpen} transitionDuration={100}>
              <div className={classes.fields}>
                <SamplingFields />
              </div>
            </Collapse>
          </section>
        )}
        <LoraField />
        <ProjectField />
      </div>
      <GenerateFooter onGenerate={onGenerate} />
    </form>
  );
}
