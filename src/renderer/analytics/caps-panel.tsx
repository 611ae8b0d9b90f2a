import { Button, Group, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capNames, type Caps } from '../../shared/models/routing.ts';
import { announce } from '../ui/announcer.tsx';
import { CapHint } from '../ui/cap-hint.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatExactUsd, formatUsd } from '../ui/format.ts';
import { NumberField } from '../ui/number-field.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { analyticsContext } from './analytics-context.ts';
import type { Budget } from './analytics-store.ts';
import { Panel } from './panel.tsx';
import classes from './analytics-view.module.css';

function CapLine({ name, caps, spent }: Budget & { readonly name: keyof Caps }) {
  const { t } = useTranslation('analytics');
  const cap = caps[name];
  const used = name === 'day' || name === 'month' ? spent[name] : null;
  const label = t(`caps.names.${name}`);
  const limit =
    cap === null ? t('caps.none') : cap === 0 ? t('caps.freeOnly') : t('caps.atMost', { cap: formatExactUsd(cap) });
  if (used === null || cap === null || cap === 0) {
    return (
      <div className={classes.cap}>
        <dt>{label}</dt>
        <dd>{used === null ? limit : `${t('caps.spent', { spent: formatUsd(used) })}, ${limit}`}</dd>
      </div>
    );
  }
  const words = t('caps.spentOf', { spent: formatUsd(used), cap: formatExactUsd(cap) });
  return (
    <div className={classes.cap}>
      <dt>{label}</dt>
      <dd>
        {words}
        <Progress.Root size="sm" mt={4}>
          <Progress.Section
            value={Math.min(100, (used / cap) * 100)}
            color={used >= cap ? 'var(--easel-danger)' : 'var(--easel-accent)'}
            aria-label={label}
            aria-valuetext={words}
          />
        </Progress.Root>
      </dd>
    </div>
  );
}

function CapsForm({ caps, onDone }: { readonly caps: Caps; readonly onDone: () => void }) {
  const { t } = useTranslation('analytics');
  const { setBudget } = analyticsContext.useStoreApi().getState();
  const [values, setValues] = useState<Caps>(caps);
  const [wrong, setWrong] = useState<readonly (keyof Caps)[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, error, submit } = useSubmission();
  const save = async (): Promise<void> => {
    if (!(await submit(setBudget(values)))) return;
    announce(t('caps.saved'));
    onDone();
  };
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
        else void save();
      }}
    >
      <div className={classes.fields}>
        {capNames.map((name, index) => (
          <div key={name}>
            <NumberField
              label={t(`caps.fields.${name}`)}
              value={values[name]}
              onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
              onProblem={(problem) =>
                setWrong((before) => [...before.filter((other) => other !== name), ...(problem === null ? [] : [name])])
              }
              autoFocus={index === 0}
              min={0}
              max={1_000_000}
              digits={4}
              isOptional
              prefix="$"
              placeholder={t('caps.none')}
            />
            <CapHint name={name} caps={values} />
          </div>
        ))}
      </div>
      <p className={classes.dim}>{t('caps.hint')}</p>
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button type="submit" size="xs" loading={isBusy}>
          {t('caps.save')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t('caps.cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** The caps, what is spent of them, and a form to change them. */
export function CapsPanel({ budget }: { readonly budget: Budget }) {
  const { t } = useTranslation('analytics');
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={t('caps.title')}
      tools={
        <Button size="xs" variant="default" aria-expanded={editing} onClick={() => setEditing(!editing)}>
          {t('caps.edit')}
        </Button>
      }
    >
      <p className={classes.dim}>{t('caps.text')}</p>
      {editing ? (
        <CapsForm caps={budget.caps} onDone={() => setEditing(false)} />
      ) : (
        <dl className={classes.caps}>
          {capNames.map((name) => (
            <CapLine key={name} name={name} {...budget} />
          ))}
        </dl>
      )}
    </Panel>
  );
}
