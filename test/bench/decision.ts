import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { GenerationRequest, longestPrompt } from '../../src/shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../src/shared/models/provider.ts';
import { strategies, tiers, type Strategy } from '../../src/shared/models/route-wishes.ts';
import { emptyRoutingState, type RoutingState } from '../../src/shared/models/routing.ts';
import type { Candidate } from '../../src/shared/routing/candidate.ts';
import { planRoute } from '../../src/shared/routing/plan-route.ts';
import { pickBest } from '../../src/shared/routing/strategies.ts';
import { providerStatus } from '../simulate/provider-status.ts';
import { newStanding } from '../simulate/running-standings.ts';
import { valueRow, type Figure, type Row } from './figure.ts';
import { createRandom } from './random.ts';
import { timeEach, usualRounds } from './rounds.ts';
import { p99 } from './statistics.ts';

const candidates = 12;
const decisions = 200_000;
const providers = 16;
const models = 20;
const plans = 2_000;

/** Choosing among prepared candidates, and the whole route line as it is made while somebody types. */
export const decision: Figure = {
  id: 'R3',
  title: `A decision over ${candidates} providers, and a whole route over ${providers} × ${models} models`,
  measure() {
    const few = randomCandidates();
    const rows = strategies.map((strategy) => decisionRow(few, strategy));
    const routing = fullState();
    const statuses = fullProviders();
    for (const strategy of strategies) rows.push(...planRows(statuses, routing, strategy));
    return Promise.resolve([...rows, ...heapRows(few)]);
  },
};

function decide(few: readonly Candidate[], strategy: Strategy): number {
  let sum = 0;
  for (let turn = 0; turn < decisions; turn += 1) sum += pickBest(few, strategy, turn)?.listed ?? 0;
  return sum;
}

function decisionRow(few: readonly Candidate[], strategy: Strategy): Row {
  decide(few, strategy);
  const each = timeEach(usualRounds, () => decide(few, strategy)).map((ms) => ms / decisions);
  return valueRow(`decision, ${strategy}`, 'ms', each, { atMost: strategy === 'adaptive' ? 0.005 : 0.001 });
}

function planRows(statuses: readonly ProviderStatus[], routing: RoutingState, strategy: Strategy): Row[] {
  const request = GenerationRequest.parse({ prompt: 'a portrait of a woman in the rain, 35mm photo', steps: 20 });
  const settings = { ...routing.settings, strategy };
  const plan = (turn: number): unknown =>
    planRoute({ request, providers: statuses, routing: { ...routing, settings, turn }, inputSize: null, now: 1_000 });
  timeEach(plans, plan);
  const rounds = Array.from({ length: usualRounds }, () => {
    const before = process.cpuUsage();
    // What else the computer does takes the processor away for longer than a route takes; hardly ever three times in a row.
    const three = Array.from({ length: 3 }, () => timeEach(plans, plan));
    const { user, system } = process.cpuUsage(before);
    const quickest = Array.from({ length: plans }, (_, at) => Math.min(...three.map((times) => times[at] ?? Infinity)));
    return { p99: p99(quickest), cpu: (user + system) / 1000 / plans / three.length };
  });
  return [
    valueRow(
      `route, ${strategy}: p99`,
      'ms',
      rounds.map((round) => round.p99),
      { atMost: 0.2 },
    ),
    valueRow(
      `route, ${strategy}: processor, with garbage`,
      'ms',
      rounds.map((round) => round.cpu),
      { atMost: 0.2 },
    ),
  ];
}

/** Bytes of the heap for each decision: taken while deciding, and still held when the garbage is collected. */
function heapRows(few: readonly Candidate[]): Row[] {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const perDecision = (bytes: number): number => Math.max(0, bytes) / decisions / strategies.length;
  const rounds = Array.from({ length: usualRounds }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (const strategy of strategies) decide(few, strategy);
    const taken = process.memoryUsage().heapUsed - before;
    collect();
    return { taken: perDecision(taken), held: perDecision(process.memoryUsage().heapUsed - before) };
  });
  return [
    valueRow(
      'taken by a decision',
      'bytes',
      rounds.map(({ taken }) => taken),
    ),
    valueRow(
      'held after a decision',
      'bytes',
      rounds.map(({ held }) => held),
      { atMost: 0.1 },
    ),
  ];
}

function randomCandidates(): Candidate[] {
  const random = createRandom(1);
  return Array.from({ length: candidates }, (_, place) => ({
    level: 0,
    place,
    listed: place,
    waits: random() < 0.2,
    isTry: random() < 0.1,
    isLocal: random() < 0.2,
    load: random(),
    risk: random() * 0.2,
    usd: random() < 0.1 ? Infinity : random() * 0.1,
    seconds: random() < 0.1 ? Infinity : random() * 30,
    points: 1400 + random() * 300,
    loss: random(),
    hope: random() * 0.3,
  }));
}

function fullProviders(): ProviderStatus[] {
  return Array.from({ length: providers }, (_, at) => {
    const place = {
      id: `p${at}`,
      kind: at < 2 ? 'local' : 'cloud',
      tier: 'standard',
      atOnce: 4,
      perMinute: 60,
    } as const;
    const status = providerStatus({ ...place, usd: 0.01, typicalSeconds: 5 });
    return { ...status, models: Array.from({ length: models }, (_model, listed) => fullModel(status, at, listed)) };
  });
}

function fullModel({ models: [model] }: ProviderStatus, at: number, listed: number): Model {
  if (!model) throw new Error('The provider has no model.');
  return {
    ...model,
    id: `m${listed}`,
    name: `Model ${listed}`,
    tier: tiers[listed % tiers.length] ?? 'standard',
    parameters: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],
    limits: { ...model.limits, promptCharacters: longestPrompt },
    price: { usd: 0.001 * (1 + listed + at), per: listed % 2 === 0 ? 'image' : 'megapixel' },
    typicalSeconds: 3 + listed + at,
  };
}

/** Everything known that can be: a track, votes and ratings for each model, a cap, a price of the user's own. */
function fullState(): RoutingState {
  const ids = Array.from({ length: models }, (_, listed) => `m${listed}`);
  const all = Array.from({ length: providers }, (_, at) => `p${at}`);
  return {
    ...emptyRoutingState,
    settings: {
      ...emptyRoutingState.settings,
      caps: { image: null, job: null, day: 100, month: null },
      prices: { 'p3/m3': { usd: 0.002, per: 'image' } },
    },
    standings: all.map((provider) => ({
      ...newStanding(provider, { atOnce: 4, perMinute: 60 }),
      tracks: ids.map((model, listed) => {
        const track = { operation: 'textToImage', weight: 5, success: 0.9, usd: 0.01, at: 0 } as const;
        return { ...track, model, seconds: 3 + listed };
      }),
    })),
    ratings: Object.fromEntries(
      all.map((provider) => [
        provider,
        Object.fromEntries(
          ids.map((model) => [model, { people: { ratings: 5, stars: 15 }, all: { ratings: 9, stars: 27 } }]),
        ),
      ]),
    ),
    scores: Object.fromEntries(
      all.map((provider) => [
        provider,
        Object.fromEntries(
          ids.map((model) => [model, { all: { points: 1500, votes: 5 }, people: { points: 1500, votes: 5 } }]),
        ),
      ]),
    ),
  };
}
