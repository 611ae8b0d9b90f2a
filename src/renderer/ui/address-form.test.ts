import { describe, expect, it } from 'vitest';
import { isServerAddress } from './address-form.tsx';

describe('address of a server', () => {
  it('takes http and https addresses, with a login or without', () => {
    for (const text of [
      'http://127.0.0.1:8188',
      'https://comfy.example/path',
      'HTTP://localhost',
      'http://me:secret@host',
    ]) {
      expect(isServerAddress(text)).toBe(true);
    }
  });

  it('refuses other schemes and bare hosts', () => {
    for (const text of ['', '127.0.0.1:8188', 'ftp://host', 'javascript:alert(1)', 'http://']) {
      expect(isServerAddress(text)).toBe(false);
    }
  });
});
