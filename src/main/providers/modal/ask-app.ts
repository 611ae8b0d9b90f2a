import type { z } from 'zod';
import type { AskOptions, Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import { Job, JobsAnswer } from './answers.ts';
import { explainJobRefusal, explainRefusal, type Explain } from './explain-refusal.ts';
import { hopTimeoutMs, throughSeeOther } from './see-other.ts';

/** The calls of the contract, each of which survives Modal's 303. */
export interface App {
  get<T>(path: string, schema: z.ZodType<T>, options: AskOptions): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, options: AskOptions): Promise<T>;
  /** Begins a job. The app knows its id, so that it begins once, however often it is asked. */
  begin(body: Record<string, unknown>, clientRequestId: string, options: CallOptions): Promise<Job>;
  read(jobId: string, options: CallOptions): Promise<Job>;
  /** Null: the app has not seen this id. */
  find(clientRequestId: string, options: CallOptions): Promise<Job | null>;
}

export function createApp(http: Http): App {
  const get = <T>(
    path: string,
    schema: z.ZodType<T>,
    options: AskOptions,
    explain: Explain = explainRefusal,
  ): Promise<T> =>
    throughSeeOther(http.address, explain, {
      first: (noting) => http.get(path, schema, { headersTimeoutMs: hopTimeoutMs, ...options, explain: noting }),
      again: (location, noting) =>
        http.get(location, schema, { signal: options.signal, headersTimeoutMs: hopTimeoutMs, explain: noting }),
    });
  return {
    get: (path, schema, options) => get(path, schema, options),
    post: (path, body, schema, options) =>
      throughSeeOther(http.address, explainJobRefusal, {
        first: (explain) => http.post(path, body, schema, { headersTimeoutMs: hopTimeoutMs, ...options, explain }),
        again: (location, explain) =>
          http.get(location, schema, { signal: options.signal, headersTimeoutMs: hopTimeoutMs, explain }),
      }),
    begin: (body, clientRequestId, options) =>
      throughSeeOther(
        http.address,
        explainRefusal,
        {
          first: (explain) =>
            http.pay('/v1/jobs', body, Job, {
              ...options,
              headers: { 'idempotency-key': clientRequestId },
              headersTimeoutMs: hopTimeoutMs,
              explain,
            }),
          again: (location, explain) =>
            http.get(location, Job, { ...options, headersTimeoutMs: hopTimeoutMs, explain }),
        },
        true,
      ),
    read: (jobId, options) => get(`/v1/jobs/${encodeURIComponent(jobId)}`, Job, options, explainJobRefusal),
    find: async (clientRequestId, options) => {
      const query = { client_request_id: clientRequestId };
      const { jobs } = await get('/v1/jobs', JobsAnswer, { ...options, query });
      // An app that ignores the question would answer with somebody else's job.
      return jobs.find(({ client_request_id }) => client_request_id === clientRequestId) ?? null;
    },
  };
}
