import { Collapse, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attempt, Job, JobWithAttempts } from '../../shared/models/job.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCost } from '../ui/format.ts';
import { PromptTimelineView } from '../ui/prompt-timeline-view.tsx';
import { readRouteFailure } from '../ui/read-route-failure.ts';
import { RouteFailureList } from '../ui/route-failure.tsx';
import { jobsContext, providersContext } from '../ui/stores/shared-stores.ts';
import { failureWords } from './failure-words.ts';
import classes from './job-tries.module.css';

/** What became of the words on their way to this try; nothing where nothing did. */
function TryPrompt({ attempt, request }: { readonly attempt: Attempt; readonly request: Job['request'] }) {
  const { t } = useTranslation('queue');
  const [isOpen, { toggle }] = useDisclosure(false);
  if (attempt.stages === null) return null;
  return (
    <div>
      <DisclosureButton open={isOpen} onToggle={toggle} label={t('tryPromptOf', { number: attempt.number })}>
        {t('tryPrompt')}
      </DisclosureButton>
      <Collapse expanded={isOpen} transitionDuration={100}>
        {isOpen && <PromptTimelineView stages={attempt.stages} request={request} revisedPrompt={null} />}
      </Collapse>
    </div>
  );
}

/** Each try of a job: where it went and what came of it. */
export function JobTries({ job }: { readonly job: Job }) {
  const { t } = useTranslation('queue');
  const { t: words } = useTranslation('ui');
  const providers = providersContext.useStore((state) => state.providers);
  const { attempts: readAttempts } = jobsContext.useStoreApi().getState();
  const [read, setRead] = useState<JobWithAttempts | null>(null);

  useEffect(() => {
    let wanted = true;
    void readAttempts(job.id).then((answer) => {
      if (wanted) setRead(answer);
    });
    return () => {
      wanted = false;
    };
  }, [job.id, job.state, readAttempts]);

  if (read === null) return <Loader size={16} m={8} />;

  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  const modelName = (provider: string, id: string): string =>
    providers.find(({ manifest }) => manifest.id === provider)?.models.find((model) => model.id === id)?.name ?? id;
  const line = ({ number, provider, model, state, error }: Attempt): string => {
    const outcome = (error && failureWords(error.code)?.name) ?? t(`tryStates.${state}`);
    return `${t('try', { number, provider: nameOf(provider) })}, ${modelName(provider, model)}: ${outcome}`;
  };

  const chosenBy = ({ strategy, reasons }: NonNullable<Attempt['route']>): string =>
    strategy === null
      ? reasons.join(' · ')
      : words('chosenBy', { strategy: words(`strategies.${strategy}.name`), reasons: reasons.join(' · ') });
  const failure = job.error === null ? null : readRouteFailure(job.error);

  return (
    <div className={classes.tries}>
      {read.attempts.length === 0 && job.error !== null && <ErrorNote listed error={job.error} />}
      {read.attempts.map((attempt) => (
        <div key={attempt.id}>
          <p className={classes.line}>{line(attempt)}</p>
          {attempt.route?.reasons[0] !== undefined && <p className={classes.line}>{chosenBy(attempt.route)}</p>}
          {attempt.error !== null && <ErrorNote error={attempt.error} />}
          {attempt.error !== null && <p className={classes.advice}>{failureWords(attempt.error.code)?.advice}</p>}
          <TryPrompt attempt={attempt} request={job.request} />
          {attempt.cost.kind !== 'unknown' && attempt.cost.usd > 0 && (
            <p className={classes.line}>{t('tryCost', { cost: formatCost(attempt.cost) })}</p>
          )}
        </div>
      ))}
      {/* What was tried stands above. */}
      {read.attempts.length > 0 && failure !== null && failure.skipped.length > 0 && (
        <RouteFailureList failure={{ attempts: [], skipped: failure.skipped }} />
      )}
    </div>
  );
}
