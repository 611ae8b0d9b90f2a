import { implement, type Router } from '@orpc/server';
import { contract, type Contract } from '../shared/contract/contract.ts';
import type { SystemInfo } from '../shared/contract/system.ts';
import type { GenerationRequest } from '../shared/models/generation-request.ts';
import type { KeysState } from '../shared/models/keys.ts';
import type { ProviderStatus } from '../shared/models/provider.ts';
import type { RouteAnswer } from '../shared/models/route.ts';
import { asContractError, asContractStream } from './contract-errors.ts';
import type { createBudget } from './costs/budget.ts';
import type { createPrices } from './costs/prices.ts';
import type { Events } from './events.ts';
import type { FoundServer } from './health/discover.ts';
import type { Health } from './health/health.ts';
import { listModels } from './health/list-models.ts';
import type { ProviderStates } from './health/provider-states.ts';
import { testGeneration } from './health/test-generation.ts';
import type { Keys } from './keys/keys.ts';
import type { Log } from './log.ts';
import type { OpenLibrary } from './open-library.ts';
import type { Platform } from './platform.ts';
import type { PromptTools } from './prompts/prompt-tools.ts';
import type { RoutingChoices } from './settings/routing-choices.ts';
import type { SettingsFeature } from './settings/settings.ts';

export interface Core {
  readonly info: () => SystemInfo;
  readonly events: Events;
  readonly settings: SettingsFeature;
  readonly routingChoices: RoutingChoices;
  readonly keys: Keys;
  readonly providers: ProviderStates;
  readonly health: Health;
  readonly budget: ReturnType<typeof createBudget>;
  readonly prices: ReturnType<typeof createPrices>;
  readonly promptTools: PromptTools;
  readonly platform: Platform;
  readonly log: Log;
  readonly library: () => OpenLibrary;
  readonly openLibrary: (folder: string) => Promise<SystemInfo>;
  readonly discover: () => Promise<FoundServer[]>;
  readonly rehearse: (request: GenerationRequest) => Promise<RouteAnswer>;
  readonly reinitialize: (provider: string) => Promise<ProviderStatus>;
}

/** Calls carry nothing beside their input. */
type NoContext = Record<string, never>;

/** One procedure for each row of the contract. */
export type Handlers = Router<Contract, NoContext>;

/** Joins each row of the contract with the function that does it. Nothing is decided here. */
export function createHandlers(core: Core): Handlers {
  const { settings, routingChoices, keys, providers, promptTools, platform, events } = core;
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw asContractError(error, core.log);
    }
  });
  const told = <Event>(stream: AsyncGenerator<Event, void, void>) => asContractStream(stream, core.log);
  const keysOf = (provider: string) => ({ provider, credentials: keys.status(provider) });
  const keyState = async (work: () => Promise<void>): Promise<KeysState> => {
    await work();
    return keys.state();
  };
  const jobs = () => core.library().jobs;
  const library = () => core.library().library;
  const prompts = () => core.library().prompts;
  const costs = () => core.library().costs;
  const training = () => core.library().training;
  const routing = () => core.library().routing;
  const comparisons = () => core.library().comparisons;
  return os.router({
    assistants: {
      optimize: os.assistants.optimize.handler(({ input, signal }) =>
        told(promptTools.optimizing({ ...input, signal })),
      ),
      run: os.assistants.run.handler(({ input, signal }) => told(promptTools.assistants.run(input, signal))),
      available: os.assistants.available.handler(async () => ({ tasks: await promptTools.assistants.available() })),
    },
    comparison: {
      start: os.comparison.start.handler(({ input }) => comparisons().start(input)),
      list: os.comparison.list.handler(({ input }) => comparisons().list(input)),
      show: os.comparison.show.handler(({ input }) => comparisons().show(input.id)),
      vote: os.comparison.vote.handler(({ input }) => comparisons().vote(input)),
      finish: os.comparison.finish.handler(({ input }) => comparisons().finish(input.id)),
      scores: os.comparison.scores.handler(({ input }) => comparisons().scores(input)),
    },
    costs: {
      summary: os.costs.summary.handler(({ input }) => costs().summary(input)),
      ledger: os.costs.ledger.handler(({ input }) => costs().ledger(input)),
      budget: os.costs.budget.handler(() => core.budget.get()),
      setBudget: os.costs.setBudget.handler(({ input }) => core.budget.set(input)),
      prices: os.costs.prices.handler(({ input }) => core.prices.list(input)),
      setPrice: os.costs.setPrice.handler(({ input }) => core.prices.set(input)),
    },
    routing: {
      get: os.routing.get.handler(() => routingChoices.get()),
      update: os.routing.update.handler(({ input }) => routingChoices.update(input)),
      setStrategy: os.routing.setStrategy.handler(({ input }) => routingChoices.setStrategy(input.strategy)),
      setPrimary: os.routing.setPrimary.handler(({ input }) =>
        routingChoices.setPrimary(input.provider === 'none' ? null : input.provider),
      ),
      setFallbacks: os.routing.setFallbacks.handler(({ input }) => routingChoices.setFallbacks(input.providers)),
      plan: os.routing.plan.handler(({ input }) => core.rehearse(input)),
      state: os.routing.state.handler(() => routing().state()),
      reset: os.routing.reset.handler(({ input }) => routing().reset(input.provider)),
      metrics: os.routing.metrics.handler(async ({ input }) => {
        await providers.ensureChecked();
        const { health } = core;
        const over = await core.library().metrics.over(input.hours);
        return { health: health.current(), providers: over, promptCache: prompts().cacheCounts() };
      }),
    },
    prompts: {
      history: os.prompts.history.handler(({ input }) => prompts().history.list(input)),
      imagesOf: os.prompts.imagesOf.handler(({ input }) => ({ images: prompts().history.images(input.id) })),
      forget: os.prompts.forget.handler(({ input }) => {
        prompts().history.forget(input.id);
        return {};
      }),
      forgetAll: os.prompts.forgetAll.handler(() => ({ forgotten: prompts().history.forgetAll() })),
      resolve: os.prompts.resolve.handler(({ input }) => prompts().resolver.resolve(input)),
      styles: os.prompts.styles.handler(() => prompts().styles.list()),
      saveStyle: os.prompts.saveStyle.handler(({ input }) => prompts().styles.save(input)),
      removeStyle: os.prompts.removeStyle.handler(async ({ input }) => {
        await prompts().styles.remove(input.id);
        return {};
      }),
      favouriteStyle: os.prompts.favouriteStyle.handler(async ({ input }) => {
        await prompts().styles.favourite(input.id, input.isFavourite);
        return {};
      }),
      importStyles: os.prompts.importStyles.handler(async ({ input }) => ({
        added: await prompts().styles.import(input.content),
      })),
      exportStyles: os.prompts.exportStyles.handler(async ({ input: { format, ids } }) => ({
        content: await prompts().styles.export({ format, ...(ids === undefined ? {} : { ids }) }),
      })),
      wildcards: os.prompts.wildcards.handler(async () => ({
        wildcards: await prompts().wildcards.list(),
        folder: prompts().wildcards.folder,
      })),
      wildcard: os.prompts.wildcard.handler(({ input }) => prompts().wildcards.read(input.name)),
      writeWildcard: os.prompts.writeWildcard.handler(({ input }) =>
        prompts().wildcards.write(input.name, input.text, { replace: input.replace }),
      ),
      removeWildcard: os.prompts.removeWildcard.handler(({ input }) => prompts().wildcards.remove(input.name)),
      saved: os.prompts.saved.handler(() => ({ prompts: prompts().saved.list() })),
      versions: os.prompts.versions.handler(({ input }) => ({ versions: prompts().saved.versions(input.id) })),
      save: os.prompts.save.handler(({ input }) => prompts().saved.add(input)),
      change: os.prompts.change.handler(({ input }) => prompts().saved.change(input)),
      remove: os.prompts.remove.handler(({ input }) => {
        prompts().saved.remove(input.id);
        return {};
      }),
      restore: os.prompts.restore.handler(({ input }) => prompts().saved.restore(input.id)),
      importList: os.prompts.importList.handler(({ input }) =>
        prompts().saved.importList(input.content, input.format, input.folder),
      ),
      planList: os.prompts.planList.handler(({ input }) => prompts().lists.plan(input)),
      queueList: os.prompts.queueList.handler(({ input }) => prompts().lists.queue(input)),
    },
    jobs: {
      create: os.jobs.create.handler(({ input }) => jobs().create(input)),
      list: os.jobs.list.handler(({ input }) => jobs().list(input)),
      show: os.jobs.show.handler(({ input }) => jobs().show(input.id)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs().cancel(input.id)),
      retry: os.jobs.retry.handler(({ input }) => jobs().retry(input.id)),
      check: os.jobs.check.handler(({ input }) => jobs().check(input.id)),
      sendAgain: os.jobs.sendAgain.handler(({ input }) => jobs().sendAgain(input.id)),
      giveUp: os.jobs.giveUp.handler(({ input }) => jobs().giveUp(input.id)),
      queue: os.jobs.queue.handler(() => jobs().queue()),
      pause: os.jobs.pause.handler(() => jobs().pause()),
      resume: os.jobs.resume.handler(() => jobs().resume()),
      putFirst: os.jobs.putFirst.handler(({ input }) => jobs().putFirst(input.id)),
      move: os.jobs.move.handler(({ input }) => jobs().move(input)),
      cancelQueued: os.jobs.cancelQueued.handler(() => jobs().cancelQueued()),
      clearEnded: os.jobs.clearEnded.handler(() => jobs().clearEnded()),
    },
    keys: {
      state: os.keys.state.handler(() => keyState(() => keys.refresh())),
      list: os.keys.list.handler(async () => {
        const state = await keyState(() => keys.refresh());
        const manifests = providers.list().map(({ manifest }) => manifest);
        const withKeys = manifests.filter(
          ({ id, credentials }) => credentials.length > 0 || keys.status(id).length > 0,
        );
        return { state, providers: withKeys.map(({ id, name, keysUrl }) => ({ ...keysOf(id), name, keysUrl })) };
      }),
      set: os.keys.set.handler(async ({ input }) => {
        await keys.set(input.provider, input.field, input.value, input);
        return keysOf(input.provider);
      }),
      remove: os.keys.remove.handler(async ({ input }) => {
        await keys.remove(input.provider, input.field);
        return keysOf(input.provider);
      }),
      test: os.keys.test.handler(async ({ input }) => {
        await keys.refresh();
        return providers.check(input.provider);
      }),
      unlock: os.keys.unlock.handler(({ input }) => keyState(() => keys.unlock(input.passphrase))),
      lock: os.keys.lock.handler(() => keyState(() => keys.lock())),
      usePassphrase: os.keys.usePassphrase.handler(({ input }) => keyState(() => keys.usePassphrase(input.passphrase))),
      useKeychain: os.keys.useKeychain.handler(() => keyState(() => keys.useKeychain())),
      changePassphrase: os.keys.changePassphrase.handler(({ input }) =>
        keyState(() => keys.changePassphrase(input.passphrase, input.newPassphrase)),
      ),
      export: os.keys.export.handler(async ({ input }) => ({ bundle: await keys.exportBundle(input.passphrase) })),
      import: os.keys.import.handler(({ input }) => keys.importBundle(input.bundle, input.passphrase)),
    },
    library: {
      overview: os.library.overview.handler(() => library().overview()),
      bucket: os.library.bucket.handler(({ input }) => library().bucket(input)),
      list: os.library.list.handler(({ input }) => library().list(input)),
      image: os.library.image.handler(({ input }) => library().image(input.id)),
      path: os.library.path.handler(({ input }) => library().path(input.image)),
      verify: os.library.verify.handler(({ input }) => library().verify(input)),
      trash: os.library.trash.handler(({ input }) => library().trash(input.ids)),
      restore: os.library.restore.handler(({ input }) => library().restore(input.ids)),
      rate: os.library.rate.handler(({ input }) => library().rate(input.ids, input.rating, input.asOf)),
      setAltText: os.library.setAltText.handler(({ input }) => library().setAltText(input.id, input.altText)),
    },
    ollama: {
      status: os.ollama.status.handler(() => promptTools.ollama.status()),
      models: os.ollama.models.handler(async () => ({ models: await promptTools.ollama.models() })),
      pull: os.ollama.pull.handler(({ input, signal }) => told(promptTools.pulls.follow(input.model, signal))),
      pulls: os.ollama.pulls.handler(() => ({ pulls: promptTools.pulls.list() })),
      cancelPull: os.ollama.cancelPull.handler(({ input }) => promptTools.pulls.cancel(input.model)),
      remove: os.ollama.remove.handler(async ({ input }) => ({ models: await promptTools.remove(input.model) })),
      test: os.ollama.test.handler(({ input, signal }) => promptTools.test(input.model, signal)),
    },
    providers: {
      list: os.providers.list.handler(async ({ input }) => {
        if (input.check) await Promise.all(providers.list().map(({ manifest }) => providers.check(manifest.id)));
        return { providers: providers.list() };
      }),
      models: os.providers.models.handler(({ input }) => listModels(providers, input.provider)),
      check: os.providers.check.handler(({ input }) => providers.check(input.id)),
      discover: os.providers.discover.handler(async () => ({ found: await core.discover() })),
      health: os.providers.health.handler(async () => {
        await providers.ensureChecked();
        return core.health.current();
      }),
      testGeneration: os.providers.testGeneration.handler(async ({ input }) => {
        await providers.ensureFresh(input.id);
        const request = testGeneration(providers.status(input.id), input.model);
        return jobs().create({ ...request, front: true });
      }),
      reinitialize: os.providers.reinitialize.handler(({ input }) => core.reinitialize(input.id)),
      setUp: os.providers.setUp.handler(({ input }) => providers.setUp(input.id, input)),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input }) => settings.change(input)),
    },
    training: {
      start: os.training.start.handler(({ input }) => training().start(input)),
      list: os.training.list.handler(({ input }) => training().list(input)),
      show: os.training.show.handler(({ input }) => training().show(input.id)),
      cancel: os.training.cancel.handler(({ input }) => training().cancel(input.id)),
      answer: os.training.answer.handler(({ input }) => training().answer(input)),
      models: os.training.models.handler(({ input }) => training().models(input)),
    },
    system: {
      info: os.system.info.handler(() => core.info()),
      openLibrary: os.system.openLibrary.handler(({ input }) => core.openLibrary(input.folder)),
      chooseFolder: os.system.chooseFolder.handler(async () => ({ folder: (await platform.chooseFolder?.()) ?? null })),
      revealImage: os.system.revealImage.handler(({ input }) => {
        platform.revealFile?.(library().path(input.id).path);
        return {};
      }),
      events: os.system.events.handler(({ signal }) => events.stream(signal)),
    },
  });
}
