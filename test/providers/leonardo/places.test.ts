import { describe, expect, it } from 'vitest';
import { manifest } from '../../../src/main/providers/leonardo/manifest.ts';
import { addressOf } from '../../../src/main/providers/leonardo/request-bodies.ts';
import { sendFile } from '../../../src/main/providers/leonardo/upload-files.ts';
import { failureOf } from '../comfyui/requests.ts';
import { never } from './setup.ts';

describe('the places of Leonardo', () => {
  it('are two interfaces side by side at the usual address, and one below the other elsewhere', () => {
    const second = { interface: 'second', path: '/generations', body: {} } as const;
    expect(addressOf(second, manifest.defaultUrls[0] ?? '')).toBe('https://cloud.leonardo.ai/api/rest/v2/generations');
    expect(addressOf(second, 'http://127.0.0.1:9/api/rest/v1')).toBe('/v2/generations');
    expect(addressOf({ ...second, interface: 'first' }, manifest.defaultUrls[0] ?? '')).toBe('/generations');
  });

  it.each(['http://files.example.org/x', 'https://127.0.0.1/x', 'https://10.0.0.7/x', 'https://[::1]/x', 'nonsense'])(
    'do not include %s, which the service must not send a picture to',
    async (url) => {
      const place = { id: '1', url, fields: '{}' };
      const file = { bytes: Buffer.from('x'), extension: 'png' } as const;
      const home = { address: 'https://cloud.leonardo.ai/api/rest/v1' };
      const failure = await failureOf(sendFile(home, place, file, { signal: never() }));
      expect(failure).toMatchObject({ code: 'server', message: expect.stringContaining('does not open') });
    },
  );
});
