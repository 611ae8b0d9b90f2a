import { Button, Group, Loader } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../ui/editor-context.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatNumber, formatUsd } from '../ui/format.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { ListInput } from './list-input.tsx';
import { queueListContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import type { PromptListInput } from './prompt-list-input.ts';

const pauseMs = 300;

function Plan() {
  const { t } = useTranslation('prompts');
  const plan = queueListContext.useStore((state) => state.plan);
  if (plan === null) return null;
  const { jobs, images, usd, unknownCosts, first, problems } = plan;
  const cost = (): string => {
    if (unknownCosts === jobs) return t('queue.costUnknown');
    const known = usd === 0 ? t('queue.free') : t('queue.cost', { amount: formatUsd(usd) });
    return unknownCosts === 0 ? known : t('queue.costAndUnknown', { known, count: unknownCosts });
  };
  return (
    <section className={classes.plan} aria-label={t('queue.plan')}>
      <dl className={classes.facts}>
        <dt>{t('queue.jobs')}</dt>
        <dd>{formatNumber(jobs)}</dd>
        <dt>{t('queue.images')}</dt>
        <dd>{formatNumber(images)}</dd>
        <dt>{t('queue.price')}</dt>
        <dd>{cost()}</dd>
      </dl>
      {problems.length > 0 && (
        <div>
          <p role="alert">{t('queue.problems', { count: problems.length })}</p>
          <ul className={classes.list}>
            {problems.map(({ line, message }, place) => (
              <li key={place}>{t('queue.problem', { line, message })}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3>{t('queue.first')}</h3>
        <ol className={classes.list}>
          {first.map((prompt, place) => (
            <li key={place}>{prompt}</li>
          ))}
        </ol>
        {jobs > first.length && <p className={classes.dim}>{t('queue.more', { count: jobs - first.length })}</p>}
      </div>
    </section>
  );
}

/** Many prompts into the queue at once, with what they come to before anything is sent. */
export function QueueListPage() {
  const { t } = useTranslation('prompts');
  const { plan, error, isPlanning, isQueuing } = queueListContext.useStore((state) => state);
  const { setList, queue } = queueListContext.useStoreApi().getState();
  const { go, setQueueOpen } = viewContext.useStoreApi().getState();
  const editor = useEditor();
  const [list, setInput] = useState<PromptListInput | null>(null);
  /** Counts the lists that were queued: the fields begin anew. */
  const [queued, setQueued] = useState(0);
  const canQueue = plan !== null && plan.problems.length === 0 && plan.jobs > 0 && !isPlanning;

  useEffect(() => {
    const timer = setTimeout(() => void setList(list, editor.request()), list === null ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [list, editor, setList]);

  const run = async (): Promise<void> => {
    if (!(await queue(editor.request()))) return;
    setInput(null);
    setQueued(queued + 1);
    setQueueOpen(true);
  };
  return (
    <div className={classes.column}>
      <p className={classes.dim}>{t('queue.intro')}</p>
      <ListInput key={queued} onList={setInput} />
      <Group gap={8}>
        <Button
          size="xs"
          disabled={!canQueue}
          loading={isQueuing}
          leftSection={<IconListCheck size={14} stroke={1.75} aria-hidden />}
          onClick={() => void run()}
        >
          {canQueue ? t('queue.queueAll', { count: plan.jobs }) : t('queue.queue')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => go('create')}>
          {t('queue.settings')}
        </Button>
        {isPlanning && <Loader size={16} color="gray" aria-label={t('queue.planning')} />}
      </Group>
      {error !== null && <ErrorNote error={error} />}
      <Plan />
    </div>
  );
}
