import type { Exchange, FakeAnswer, FakeRoute } from '../kit/fake-types.ts';
import { readBody, refuse, tooPoor } from './answers.ts';
import type { Books } from './books.ts';
import { Dataset, Element, InitImage } from './body-shapes.ts';

interface TrainedElement {
  readonly id: number;
  readonly name: string;
  readonly startedAt: number;
  readonly baseModel: string;
  readonly instancePrompt: string;
}

/** Collections of pictures and the models that are trained on them. */
export function createTrainings({ kit, uploads, pay, isDone }: Books): {
  readonly isTrained: (id: number) => boolean;
  readonly routes: readonly FakeRoute[];
} {
  const datasets = new Map<string, string[]>();
  const elements: TrainedElement[] = [];

  const trainElement = (exchange: Exchange): FakeAnswer => {
    const read = readBody(exchange, Element);
    if ('complaint' in read) return refuse(read.complaint, 'parse-failed');
    const { name, datasetId, instance_prompt: instancePrompt = '' } = read.body;
    const images = datasets.get(datasetId)?.map(uploads.picture) ?? [];
    if (images.length === 0 || images.includes(null)) return refuse('the dataset has no images');
    const id = 48_213 + elements.length;
    if (!pay(String(id), 1500, 0)) return tooPoor();
    elements.push({ id, name, startedAt: kit.now(), baseModel: 'FLUX_DEV', instancePrompt });
    return { json: { sdTrainingJob: { userLoraId: id, cost: { amount: '1500', unit: 'CREDITS' } } } };
  };

  const describeElement = (element: TrainedElement): object => {
    const { id, name, baseModel, instancePrompt, startedAt } = element;
    return { id, name, baseModel, instancePrompt, status: isDone(startedAt) ? 'COMPLETE' : 'PENDING' };
  };

  const datasetUpload = (exchange: Exchange): FakeAnswer => {
    const read = readBody(exchange, InitImage);
    const images = datasets.get(exchange.params.id ?? '');
    if ('complaint' in read) return refuse('Invalid file extension');
    if (!images) return { json: { uploadDatasetImage: null } };
    const place = uploads.place(read.body.extension);
    images.push(place.id);
    return { json: { uploadDatasetImage: place } };
  };

  return {
    isTrained: (id) => {
      const element = elements.find((other) => other.id === id);
      return element !== undefined && isDone(element.startedAt);
    },
    routes: [
      {
        method: 'POST',
        path: '/datasets',
        kind: 'free',
        answer: (exchange) => {
          const read = readBody(exchange, Dataset);
          if ('complaint' in read) return refuse(read.complaint, 'parse-failed');
          const id = kit.id();
          datasets.set(id, []);
          return { json: { insert_datasets_one: { id } } };
        },
      },
      { method: 'POST', path: '/datasets/:id/upload', kind: 'free', answer: datasetUpload },
      { method: 'POST', path: '/elements', kind: 'pay', answer: trainElement },
      {
        method: 'GET',
        path: '/elements/:id',
        kind: 'poll',
        answer: ({ params }) => {
          const element = elements.find(({ id }) => String(id) === params.id);
          return { json: { user_loras_by_pk: element ? describeElement(element) : null } };
        },
      },
      {
        method: 'GET',
        path: '/elements/user/:userId',
        kind: 'free',
        answer: () => ({ json: { user_loras: elements.map(describeElement) } }),
      },
    ],
  };
}
