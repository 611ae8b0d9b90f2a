import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { ModelAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

export interface Version {
  readonly id: string;
  /** Fields of its input; null where the service doesn't say. */
  readonly fields: ReadonlySet<string> | null;
}

export interface Versions {
  /** The newest version of `owner/name`, asked for once. */
  latest(name: string, options: CallOptions): Promise<Version>;
  /** After it was refused, it is asked for anew. */
  forget(name: string): void;
}

/** Models that are not official run by the id of a version, and "latest" is none. */
export function createVersions(http: Http): Versions {
  const known = new Map<string, Version>();
  return {
    latest: async (name, options) => {
      const kept = known.get(name);
      if (kept) return kept;
      const answer = await http.get(`/models/${name}`, ModelAnswer, { ...options, explain: explainRefusal });
      const latest = answer.latest_version;
      if (!latest) throw new ProviderError('invalid_request', `The model ${name} has no version that can be run.`);
      const properties = latest.openapi_schema?.components.schemas.Input.properties;
      const version = { id: latest.id, fields: properties ? new Set(Object.keys(properties)) : null };
      known.set(name, version);
      return version;
    },
    forget: (name) => void known.delete(name),
  };
}

/** Models of other people change: what a version does not take is noticed before it is paid. */
export function checkFields(name: string, { fields }: Version, input: Readonly<Record<string, unknown>>): void {
  const unknown = fields === null ? [] : Object.keys(input).filter((field) => !fields.has(field));
  if (unknown.length === 0) return;
  throw new ProviderError(
    'invalid_request',
    `The newest version of ${name} no longer takes ${unknown.join(', ')}. Choose another model.`,
  );
}
