import type { ProviderManifest } from '../../../shared/models/provider.ts';

/** Nobody's address: it shows what one looks like until the user enters that of the own app. */
export const placeholderUrl = 'https://your-workspace--your-app.modal.run';

export const manifest: ProviderManifest = {
  id: 'modal',
  name: 'Modal',
  summary: 'Your own app on Modal, at the address it has after `modal deploy`, with whatever models you put into it.',
  kind: 'cloud',
  docsUrl: 'https://modal.com/docs/guide/webhooks',
  keysUrl: 'https://modal.com/settings/proxy-auth-tokens',
  usageUrl: 'https://modal.com/settings/usage',
  defaultUrls: [placeholderUrl],
  // None is needed where the app lets everybody in; which one is, its app decides.
  credentials: [
    {
      field: 'key',
      label: 'Proxy token, key',
      environment: ['MODAL_KEY'],
      isSecret: true,
      isOptional: true,
      help: 'For an app deployed with requires_proxy_auth. Begins with wk- and goes with a secret; account tokens (ak-) do not work.',
    },
    {
      field: 'secret',
      label: 'Proxy token, secret',
      environment: ['MODAL_SECRET'],
      isSecret: true,
      isOptional: true,
      help: 'The other half of the proxy token. Begins with ws-.',
    },
    {
      field: 'apiKey',
      label: 'Password of your app',
      environment: ['MODAL_API_KEY'],
      isSecret: true,
      isOptional: true,
      help: 'Only if your app checks a bearer token of its own instead of a proxy token.',
    },
    {
      field: 'kind',
      label: 'Kind of app',
      environment: ['MODAL_APP_KIND'],
      isSecret: false,
      isOptional: true,
      help: 'Leave it empty for an app that speaks imagegen/1. Enter simple for one that takes a prompt and answers with a picture.',
    },
  ],
  limits: { perMinute: null, atOnce: 4 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: false,
    ownTaskIds: true,
    find: true,
    balance: false,
    train: true,
  },
  keepsTasksForHours: 24,
  notAi: false,
  pricesCheckedOn: null,
  models: [],
};
