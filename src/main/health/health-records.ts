import type { HealthRecord } from '../../shared/models/metrics.ts';
import type { CheckOutcome } from './provider-checks.ts';

const errorsAtMost = 20;
const dayMs = 24 * 3_600_000;
/** Uptime is counted in parts of a day, so that it needs the same little room however often somebody is checked. */
const partMs = 300_000;
const longestMessage = 300;

type Failure = Pick<HealthRecord['errors'][number], 'code' | 'message' | 'at'>;
type StoredRecord = HealthRecord & { parts: { part: number; checks: number; succeeded: number }[] };

export interface HealthRecords {
  noteCheck(outcome: CheckOutcome): void;
  /** A job failed there. Says nothing of whether the provider can be reached. */
  noteJobFailure(provider: string, failure: Failure): void;
  /** When it is checked next, in milliseconds since 1970; null: not by itself. */
  plan(provider: string, at: number | null): void;
  forget(provider: string): void;
  record(provider: string): HealthRecord;
}

/** What checks and jobs have shown of each provider since Easel started. */
export function createHealthRecords({ now }: { now: () => number }): HealthRecords {
  const records = new Map<string, StoredRecord>();

  const stored = (provider: string): StoredRecord => {
    let known = records.get(provider);
    if (!known) {
      known = {
        provider,
        checks: 0,
        failuresInARow: 0,
        uptime: null,
        lastSuccessAt: null,
        lastFailureAt: null,
        lastCheckMs: null,
        nextCheckAt: null,
        errors: [],
        parts: [],
      };
      records.set(provider, known);
    }
    return known;
  };

  const addError = (record: StoredRecord, error: HealthRecord['errors'][number]): void => {
    const letters = Array.from(error.message);
    const message =
      letters.length > longestMessage ? `${letters.slice(0, longestMessage - 1).join('')}…` : error.message;
    const [newest] = record.errors;
    // A server that is away for hours says the same at every check, and would push out all else.
    const isRepeated =
      error.source === 'check' &&
      newest?.source === 'check' &&
      newest.code === error.code &&
      newest.message === message;
    const older = isRepeated ? record.errors.slice(1) : record.errors;
    record.errors = [{ ...error, message }, ...older].slice(0, errorsAtMost);
  };

  /** Where a clock was set back, the newest part goes on until it has caught up. */
  const count = (record: StoredRecord, at: number, succeeded: boolean): void => {
    const part = Math.max(Math.floor(at / partMs), record.parts.at(-1)?.part ?? 0);
    const last = record.parts.at(-1);
    const into = last?.part === part ? last : { part, checks: 0, succeeded: 0 };
    if (into !== last) record.parts.push(into);
    into.checks += 1;
    if (succeeded) into.succeeded += 1;
    record.parts = record.parts.filter((other) => other.part > part - dayMs / partMs);
  };

  return {
    noteCheck: ({ provider, at, tookMs, failure }) => {
      const record = stored(provider);
      // Without a network nothing is learned of the provider.
      if (failure?.code === 'offline' || failure?.code === 'cancelled') return;
      record.checks += 1;
      record.lastCheckMs = Math.round(tookMs);
      count(record, at, failure === null);
      if (failure === null) {
        record.failuresInARow = 0;
        record.lastSuccessAt = at;
        return;
      }
      record.failuresInARow += 1;
      record.lastFailureAt = at;
      addError(record, { ...failure, at, source: 'check' });
    },
    noteJobFailure: (provider, { code, message, at }) => {
      addError(stored(provider), { code, message, at, source: 'job' });
    },
    plan: (provider, at) => {
      stored(provider).nextCheckAt = at;
    },
    forget: (provider) => {
      records.delete(provider);
    },
    record: (provider) => {
      const { parts, ...record } = stored(provider);
      const oldest = Math.floor(now() / partMs) - dayMs / partMs;
      const counted = parts.filter(({ part }) => part > oldest);
      const checks = counted.reduce((sum, part) => sum + part.checks, 0);
      const succeeded = counted.reduce((sum, part) => sum + part.succeeded, 0);
      return { ...record, uptime: checks === 0 ? null : succeeded / checks };
    },
  };
}
