import type { z } from 'zod';
import type { AskOptions, Http } from '../http-types.ts';
import type { CallOptions, ProviderError } from '../provider.ts';
import { Job, JobsAnswer } from './answers.ts';
import { explainJobRefusal, explainPaidRefusal, explainRefusal } from './explain-refusal.ts';
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

/** `problem` is what every call fails with, before anything is sent: the app's address or key is none. */
export function createApp(http: Http, problem: ProviderError | null): App {
  const asking = async <T>(
    schema: z.ZodType<T>,
    { explain = explainRefusal, ...options }: AskOptions,
    first: (options: AskOptions) => Promise<T>,
    isPaid = false,
  ): Promise<T> => {
    if (problem) throw problem;
    const patient = { ...options, headersTimeoutMs: hopTimeoutMs };
    const { signal } = options;
    return throughSeeOther(
      http.address,
      explain,
      {
        first: (noting) => first({ ...patient, explain: noting }),
        again: (location, noting) =>
          http.get(location, schema, { signal, headersTimeoutMs: hopTimeoutMs, explain: noting }),
      },
      isPaid,
    );
  };
  const get: App['get'] = (path, schema, options) => asking(schema, options, (more) => http.get(path, schema, more));

  return {
    get,
    post: (path, body, schema, options) => asking(schema, options, (more) => http.post(path, body, schema, more)),
    begin: (body, clientRequestId, options) => {
      const headers = { 'idempotency-key': clientRequestId };
      return asking(
        Job,
        { ...options, headers, explain: explainPaidRefusal },
        (more) => http.pay('/v1/jobs', body, Job, more),
        true,
      );
    },
    read: (jobId, options) =>
      get(`/v1/jobs/${encodeURIComponent(jobId)}`, Job, { ...options, explain: explainJobRefusal }),
    find: async (clientRequestId, options) => {
      const query = { client_request_id: clientRequestId };
      const { jobs } = await get('/v1/jobs', JobsAnswer, { ...options, query });
      // An app that ignores the question would answer with somebody else's job.
      return jobs.find(({ client_request_id }) => client_request_id === clientRequestId) ?? null;
    },
  };
}
