import { PublicSettings, SettingsChange } from '../models/settings.ts';
import { operation } from './operation.ts';

export const settings = {
  get: operation({ summary: 'The settings', access: 'read', withoutLibrary: true }).output(PublicSettings),
  update: operation({ summary: 'Change settings', access: 'write', withoutLibrary: true })
    .input(SettingsChange)
    .output(PublicSettings),
};
