import { z } from 'zod';
import { changeOf } from './change-of.ts';
import { OllamaSettings } from './ollama.ts';
import { RoutingSettings } from './routing.ts';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Absolute path of the library folder; null until the first run has been answered. */
  libraryFolder: z.string().nullable().default(null),
  /** By provider id: what the user accepted or typed. */
  providers: z
    .record(
      z.string(),
      z.object({
        enabled: z.boolean().default(true),
        /** Without name and password, but in settings from before these were kept with the keys. */
        url: z.string().nullable().default(null),
        /** Name and password of the address are with the keys. */
        hasLogin: z.boolean().optional(),
      }),
    )
    .default({}),
  routing: RoutingSettings.prefault({}),
  ollama: OllamaSettings.prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** What an interface learns of them: an address may carry a password, so providers are told in their own status; routing is told with its state. */
export const PublicSettings = Settings.omit({ providers: true, routing: true });
export type PublicSettings = z.infer<typeof PublicSettings>;

/** What a user may change of them at once; of a section, only what is given changes. */
export const SettingsChange = changeOf(Settings.pick({ theme: true })).extend({
  ollama: changeOf(OllamaSettings).optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;
