import createRunpodSdk from 'runpod-sdk';
import { describe, expect, it } from 'vitest';
import { ownEndpoints } from '../../fakes/runpod/workers.ts';
import { useRunpod } from './stand.ts';

const stand = useRunpod();

/** RunPod's own client, talking to the stand-in. */
function openEndpoint(id: string) {
  const endpoint = createRunpodSdk(stand.fake.keys.apiKey ?? '', { baseUrl: stand.fake.url }).endpoint(id);
  if (!endpoint) throw new Error('the client wants an endpoint');
  return endpoint;
}

describe('RunPod’s own client', () => {
  it('runs a job to its end', async () => {
    const endpoint = openEndpoint('z-image-turbo');
    const { id, status } = await endpoint.run({ input: { prompt: 'a tin robot', seed: 3 } });
    expect(status).toBe('IN_QUEUE');
    let job = await endpoint.status(id);
    while (!('completed' in job && job.completed === true)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      job = await endpoint.status(id);
    }
    expect(job).toMatchObject({ status: 'COMPLETED', succeeded: true, output: { cost: 0.005 } });
  });

  it('cancels a job', async () => {
    const endpoint = openEndpoint('z-image-turbo');
    const { id } = await endpoint.run({ input: { prompt: 'no worker' } });
    expect(await endpoint.cancel(id)).toMatchObject({ id, status: 'CANCELLED' });
  });

  it('reads the health of an endpoint', async () => {
    const health = await openEndpoint(ownEndpoints.sdxl).health();
    expect(health.workers.ready).toBe(1);
    expect(health.jobs.inQueue).toBe(0);
  });
});
