import { capNames } from '../../shared/models/routing.ts';
import { Settings } from '../../shared/models/settings.ts';

/**
 * Keeps all that is valid, down to the single value, and says what was not: one strategy that does not exist must not take the caps
 * on spending with it.
 */
export function validSettings(stored: unknown): { settings: Settings; notices: string[] } {
  const rest = isRecord(stored) ? structuredClone(stored) : {};
  const lost: string[] = [];
  const shut: string[] = [];
  for (;;) {
    const { data, error } = Settings.safeParse(rest);
    if (!error) return { settings: data, notices: noticesOf(lost, shut) };
    // One at a time: what is taken out of a list moves the others.
    const path = error.issues[0]?.path ?? [];
    const closed = closeCap(rest, path);
    if (closed !== null) {
      shut.push(closed);
      continue;
    }
    const taken = takeOut(rest, path);
    if (taken === null) return { settings: Settings.parse({}), notices: noticesOf(['all of them'], []) };
    lost.push(taken);
  }
}

function noticesOf(lost: readonly string[], shut: readonly string[]): string[] {
  return [
    ...(lost.length === 0 ? [] : [`These settings were not valid and are back at their defaults: ${lost.join(', ')}.`]),
    ...(shut.length === 0
      ? []
      : [
          `A cap on spending could not be read, so nothing that costs money is made until it is set anew, under Costs or with easel budget set: ${shut.join(', ')}.`,
        ]),
  ];
}

/** A cap that can't be read lets only free work through: without one, more could be spent than was ever allowed. Its name; null: it is none. */
function closeCap(settings: Record<string, unknown>, path: readonly PropertyKey[]): string | null {
  const [area, part, name] = path;
  if (area !== 'routing' || part !== 'caps' || !isRecord(settings.routing)) return null;
  const known = capNames.find((cap) => cap === name);
  if (known === undefined) {
    // Not even a list of caps.
    settings.routing.caps = { day: 0, month: 0 };
    return 'routing.caps';
  }
  if (!isRecord(settings.routing.caps)) return null;
  settings.routing.caps[known] = 0;
  return `routing.caps.${known}`;
}

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
