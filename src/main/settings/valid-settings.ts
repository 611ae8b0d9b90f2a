import { Settings } from '../../shared/models/settings.ts';

/**
 * Keeps all that is valid, down to the single value, and says what was not: one strategy that does not exist must not take the caps
 * on spending with it.
 */
export function validSettings(stored: unknown): { settings: Settings; notices: string[] } {
  const rest = isRecord(stored) ? structuredClone(stored) : {};
  const lost: string[] = [];
  for (;;) {
    const { data, error } = Settings.safeParse(rest);
    if (!error) return { settings: data, notices: lost.length === 0 ? [] : [noticeOf(lost)] };
    // One at a time: what is taken out of a list moves the others.
    const taken = takeOut(rest, error.issues[0]?.path ?? []);
    if (taken === null) return { settings: Settings.parse({}), notices: [noticeOf(['all of them'])] };
    lost.push(taken);
  }
}

const noticeOf = (lost: readonly string[]): string =>
  `These settings were not valid and are back at their defaults: ${lost.join(', ')}.`;

/** Takes out what stands at a path, or what lacks it; the answer is its name, null where there is nothing to take out. */
function takeOut(settings: Record<string, unknown>, path: readonly PropertyKey[]): string | null {
  const way: { readonly holder: object; readonly name: PropertyKey }[] = [];
  let value: unknown = settings;
  for (const name of path) {
    if (!isHolder(value) || !Object.hasOwn(value, name)) break;
    way.push({ holder: value, name });
    value = Reflect.get(value, name);
  }
  const last = way.at(-1);
  if (!last) return null;
  if (Array.isArray(last.holder)) last.holder.splice(Number(last.name), 1);
  else Reflect.deleteProperty(last.holder, last.name);
  return way.map(({ name }) => String(name)).join('.');
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isHolder(value) && !Array.isArray(value);
}
