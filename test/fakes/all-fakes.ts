import { fakeAstria } from './astria/service.ts';
import { fakeAutomatic1111 } from './automatic1111/service.ts';
import { fakeBfl } from './bfl/service.ts';
import { fakeFal } from './fal/service.ts';
import { fakeGemini } from './gemini/service.ts';
import { fakeHuggingface } from './huggingface/service.ts';
import { fakeReplicate } from './replicate/service.ts';
import type { FakeDefinition } from './kit/fake-types.ts';
import { fakeLeonardo } from './leonardo/service.ts';
import { fakeModal } from './modal/service.ts';
import { fakeRunpod } from './runpod/service.ts';
import { fakeRunware } from './runware/service.ts';
import { fakeOpenai } from './openai/service.ts';
import { fakeStability } from './stability/service.ts';
import { fakeTogether } from './together/service.ts';

/** Every service that can be stood in for, by `npm run fakes` and by the conformance kit. */
export const allFakes: readonly FakeDefinition[] = [
  fakeAutomatic1111,
  fakeAstria,
  fakeBfl,
  fakeFal,
  fakeReplicate,
  fakeGemini,
  fakeHuggingface,
  fakeModal,
  fakeOpenai,
  fakeRunpod,
  fakeRunware,
  fakeStability,
  fakeTogether,
  fakeLeonardo,
];
