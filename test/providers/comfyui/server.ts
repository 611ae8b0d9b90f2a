import { afterEach, beforeEach } from 'vitest';
import { createComfyui, type ComfyuiOptions } from '../../../src/main/providers/comfyui/adapter.ts';
import type { ImageProvider } from '../../../src/main/providers/provider.ts';
import { startFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '../../fakes/comfyui/start-fake-comfyui.ts';

/** A fake server and an adapter for it, new for each test of a file; `start` makes further ones, closed after the test. */
export function useComfyui(options: FakeComfyuiOptions = {}, adapterOptions: Partial<ComfyuiOptions> = {}) {
  const open: { provider: ImageProvider; fake: FakeComfyui }[] = [];
  const context = {
    fake: undefined as unknown as FakeComfyui,
    provider: undefined as unknown as ImageProvider,
    async start(fakeOptions: FakeComfyuiOptions, more: Partial<ComfyuiOptions> = {}) {
      const fake = await startFakeComfyui(fakeOptions);
      const provider = createComfyui({ url: fake.url, ...adapterOptions, ...more });
      open.push({ provider, fake });
      return { fake, provider };
    },
  };
  beforeEach(async () => {
    Object.assign(context, await context.start(options));
  });
  afterEach(async () => {
    for (const { provider, fake } of open.splice(0)) {
      await provider.close();
      await fake.close();
    }
  });
  return context;
}
