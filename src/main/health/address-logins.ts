import { AppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/models/settings.ts';
import type { Log } from '../log.ts';
import { splitLogin, withoutCredentials } from './provider-address.ts';
import type { ProviderKeys } from './provider-standing.ts';

type StoredProvider = Settings['providers'][string];

/** The settings, as far as providers are concerned. */
export interface ProviderSettings {
  get(): Settings;
  updateProvider(id: string, change: (stored: StoredProvider | undefined) => StoredProvider | undefined): Settings;
}

/** Keeps name and password of addresses with the keys, so that the settings hold neither (K1). */
export function createAddressLogins(dependencies: { keys: ProviderKeys; settings: ProviderSettings; log: Log }) {
  const { keys, settings, log } = dependencies;
  let isMoving = false;

  const ofSettings = (id: string): StoredProvider | undefined => settings.get().providers[id];
  /** Those whose login still stands in the settings: they come from an earlier Easel, or were written by hand. */
  const clear = (): string[] =>
    Object.entries(settings.get().providers)
      .filter(([, { url }]) => url !== null && splitLogin(url).login !== null)
      .map(([id]) => id);

  return {
    /** Stores what the user chose. Throws AppError where there is no place for the login; nothing is changed then. */
    choose: async (id: string, { enabled, url }: { enabled: boolean; url: string | null }): Promise<void> => {
      const stored = ofSettings(id);
      // Interfaces know the address without its login; one that comes back as it was shown keeps it.
      if (url !== null && stored && url === withoutCredentials(stored.url)) {
        settings.updateProvider(id, (now = stored) => ({ ...now, enabled }));
        return;
      }
      const { address, login } = url === null ? { address: null, login: null } : splitLogin(url);
      if (login !== null) await keys.setAddressLogin(id, login).catch(rethrowForAddress);
      settings.updateProvider(id, () => ({ enabled, url: address, ...(login === null ? {} : { hasLogin: true }) }));
      if (login === null && stored?.hasLogin === true) {
        // Nothing asks for it any more, so that a locked vault may go on holding it.
        await keys.setAddressLogin(id, null).catch(() => undefined);
      }
    },
    /** Takes what still stands in the settings to the keys, as soon as these can be written. Never throws. */
    moveStored: async (): Promise<void> => {
      if (isMoving || clear().length === 0) return;
      isMoving = true;
      for (const id of clear()) {
        try {
          const { address, login } = splitLogin(ofSettings(id)?.url ?? '');
          await keys.setAddressLogin(id, login);
          settings.updateProvider(id, (now) => {
            // Another address may have been chosen meanwhile.
            const isSame = now !== undefined && now.url !== null && splitLogin(now.url).login === login;
            return isSame ? { ...now, url: address, hasLogin: true } : now;
          });
        } catch (error) {
          if (!(error instanceof AppError)) log.error('the login of an address could not be moved', error, { id });
        }
      }
      isMoving = false;
    },
    /** Whether the login that the address needs is behind the lock. */
    isLocked: (id: string): boolean =>
      ofSettings(id)?.hasLogin === true && keys.addressLogin(id) === null && keys.state().isLocked,
    /** What the user should know; `nameOf` gives a provider the name that people know it by. */
    notices: (nameOf: (id: string) => string): string[] =>
      clear().map(
        (id) =>
          `The address of ${nameOf(id)} holds a password that is not encrypted. Choose a passphrase for a vault, or unlock it: Easel then moves the password to the keys.`,
      ),
  };
}

function rethrowForAddress(error: unknown): never {
  const isKept = error instanceof AppError && (error.code === 'noKeyStorage' || error.code === 'keysLocked');
  if (!isKept) throw error;
  throw new AppError(
    error.code,
    `Name and password of an address are kept with the keys. ${error.message}`,
    {},
    { cause: error },
  );
}
