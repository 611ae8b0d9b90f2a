import type { ErrorReport } from '../../shared/errors.ts';
import { readRouteFailure } from './read-route-failure.ts';

function line(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${text}`;
}

/** What stands behind "Details": the provider's own words first, then every other fact, then the kind of error. */
export function errorDetailLines(error: ErrorReport): string[] {
  const { code, details = {} } = error;
  const { providerText, ...rest } = details;
  // Who was tried and who was not has a list of its own.
  const listed = readRouteFailure(error) === null ? [] : ['attempts', 'skipped'];
  const facts = Object.entries(rest).filter(
    ([name, value]) => !listed.includes(name) && value !== null && value !== undefined && value !== '',
  );
  const said = typeof providerText === 'string' && providerText !== '' ? [providerText] : [];
  if (said.length === 0 && facts.length === 0) return [];
  return [...said, ...facts.map(([name, value]) => line(name, value)), line('code', code)];
}
