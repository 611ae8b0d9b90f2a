import type { ErrorReport } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import { attemptsOfJob } from '../database/attempts.ts';
import type { Reader } from '../database/database.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import type { JobMemory } from './job-routing.ts';

/** Where several providers have failed at a job, its error names each of them, with who was not asked and why. */
export function reportOfAll(
  job: Job,
  { ever }: JobMemory,
  reader: Reader,
  { providers, routing }: RunJobDependencies,
): ErrorReport | null {
  const failed = [...ever.values()];
  if (failed.length < 2) return null;
  const nameOf = (id: string): string =>
    providers.list().find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  const tried = attemptsOfJob(reader, job.id).filter(({ error }) => error !== null);
  const attempts = failed.map(({ provider, code }) => ({
    provider,
    code,
    message: tried.findLast((attempt) => attempt.provider === provider)?.error?.message ?? '',
  }));
  const { skipped } = routing.plan({ request: job.request, inputSize: null, failed });
  const others = skipped.filter(
    ({ provider, code }) => code !== 'noProvider' && failed.every((known) => known.provider !== provider),
  );
  return {
    code: 'allProvidersFailed',
    message: `All providers failed. ${attempts.map(({ provider, message }) => named(nameOf(provider), message)).join(' ')}`,
    details: { attempts, skipped: others.map(({ provider, reason, help }) => ({ provider, reason, help })) },
  };
}

/** Most messages say who failed. */
const named = (name: string, message: string): string => (message.includes(name) ? message : `${name}: ${message}`);
