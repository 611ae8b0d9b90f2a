import type { ProviderManifest, ProviderStatus } from '../../shared/models/provider.ts';
import type { Settings } from '../../shared/models/settings.ts';

export interface ProviderAddress {
  readonly url: string | null;
  readonly source: ProviderStatus['urlSource'];
  /** The environment variable that says it; null where none does. */
  readonly variable: string | null;
  /** Why the address can't be used, in words; null where it can. */
  readonly problem: string | null;
}

/** Older names for the same thing (spec section 9), after `EASEL_<ID>_URL`. */
const alsoNamed: Readonly<Record<string, string>> = { comfyui: 'COMFYUI_URL' };

/**
 * Where a provider is: the environment wins over the settings, those win over the usual address. `loginOf` gives the name and
 * password that are kept with the keys for the address in the settings.
 */
export function providerAddress(
  manifest: ProviderManifest,
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
  loginOf: (provider: string) => string | null = () => null,
): ProviderAddress {
  const [usual] = manifest.defaultUrls;
  if (usual === undefined) return { url: null, source: null, variable: null, problem: null };
  const names = [`EASEL_${manifest.id.toUpperCase()}_URL`, alsoNamed[manifest.id]].filter((name) => name !== undefined);
  for (const name of names) {
    // COMFYUI_URL may list several servers; the first one is used.
    const text = environment[name]?.split(/[,\s]+/).find((part) => part !== '');
    if (text === undefined) continue;
    const isUsable = isHttpAddress(text);
    const problem = isUsable ? null : `${name} is no address that can be used. Write it like ${usual}.`;
    return { url: isUsable ? text : null, source: 'environment', variable: name, problem };
  }
  const chosen = settings.providers[manifest.id];
  if (chosen?.url) {
    const login = chosen.hasLogin === true ? loginOf(manifest.id) : null;
    return { url: withLogin(chosen.url, login), source: 'settings', variable: null, problem: null };
  }
  return { url: usual, source: 'default', variable: null, problem: null };
}

/** An address and, apart from it, the name and password that stood in it: `name:password`, percent-encoded. */
export function splitLogin(address: string): { readonly address: string; readonly login: string | null } {
  const shown = withoutCredentials(address) ?? address;
  if (shown === address) return { address, login: null };
  const { username, password } = new URL(address);
  return { address: shown, login: `${username}:${password}` };
}

function withLogin(address: string, login: string | null): string {
  if (login === null || !URL.canParse(address)) return address;
  const url = new URL(address);
  const [username = '', ...password] = login.split(':');
  url.username = username;
  url.password = password.join(':');
  return url.href;
}

/** The address as it may be shown. */
export function withoutCredentials(address: string | null): string | null {
  // Asked for with every job: most addresses show at a glance that there is nothing to hide.
  if (!address?.includes('@') || !URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}

function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
