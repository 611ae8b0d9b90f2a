import { z } from 'zod';
import { Job } from '../models/job.ts';
import { SystemHealth } from '../models/metrics.ts';
import { ListedModel, ProviderStatus } from '../models/provider.ts';
import { operation } from './operation.ts';

const ProviderId = z.object({ id: z.string().describe('The provider') });

export const providers = {
  list: operation({ summary: 'Show the providers', command: 'providers', access: 'read', withoutLibrary: true })
    .input(z.object({ check: z.boolean().default(false).describe('Ask each provider now whether it can be used') }))
    .output(z.object({ providers: z.array(ProviderStatus) })),

  /** One free call to the service; also reads its models again. */
  check: operation({
    summary: 'Check one provider now',
    command: 'providers check',
    positional: ['id'],
    access: 'read',
    withoutLibrary: true,
  })
    .input(ProviderId)
    .output(ProviderStatus),

  /**
   * Those that are known beforehand, and those of the services that list theirs themselves: each that is set up is asked, and one
   * that is named in any case. `unheard` are those that gave no answer, and why.
   */
  models: operation({
    summary: 'Show the models, what they do and what they cost',
    command: 'models',
    positional: ['provider'],
    access: 'read',
    withoutLibrary: true,
  })
    .input(z.object({ provider: z.string().optional().describe('Whose; those of all providers when it is left out') }))
    .output(
      z.object({
        models: z.array(ListedModel),
        unheard: z.array(z.object({ provider: z.string(), message: z.string() })),
      }),
    ),

  /** Looks on the usual loopback ports. `note` says what it is good for. */
  discover: operation({
    summary: 'Look for local servers on this machine',
    access: 'read',
    withoutLibrary: true,
  }).output(
    z.object({
      found: z.array(
        z.object({
          service: z.enum(['comfyui', 'automatic1111', 'ollama']),
          name: z.string(),
          url: z.string(),
          version: z.string().nullable(),
          usable: z.boolean(),
          note: z.string(),
        }),
      ),
    }),
  ),

  /** Accepts a found server, or points a provider to another address; `url: null` goes back to the usual one. */
  setUp: operation({ summary: 'Say where a provider is and whether to use it', access: 'write', withoutLibrary: true })
    .input(ProviderId.extend({ enabled: z.boolean(), url: z.url({ protocol: /^https?$/ }).nullable() }))
    .output(ProviderStatus),

  /** How all providers that are set up are, by their checks. Pushed as `healthChanged`. */
  health: operation({
    summary: 'Health of all providers',
    command: 'health',
    access: 'read',
    withoutLibrary: true,
  }).output(SystemHealth),

  /** Queues one small picture at this provider, with its first model unless one is named. It costs what it costs. */
  testGeneration: operation({ summary: 'Make a test picture with one provider', access: 'write' })
    .input(ProviderId.extend({ model: z.string().optional() }))
    .output(Job),

  /** Closes all connections, forgets what is known of it, and asks it anew. */
  reinitialize: operation({
    summary: 'Begin anew with one provider: forget what is known of it, and ask it',
    command: 'providers reinitialize',
    positional: ['id'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(ProviderId)
    .output(ProviderStatus),
};
