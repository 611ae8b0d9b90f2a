import { describe, expect, it } from 'vitest';
import { isDesktop, receivePort } from './client.ts';

/** As much of a window as the handshake needs. */
function makePage() {
  const target = new EventTarget();
  const posted: unknown[] = [];
  const page = {
    location: { origin: 'app://easel' },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    postMessage: (message: unknown) => posted.push(message),
  };
  const send = (change: Partial<{ data: unknown; origin: string; source: unknown; ports: unknown[] }>): void => {
    const event = { data: 'easel:port', origin: 'app://easel', source: page, ports: ['port'], ...change };
    target.dispatchEvent(Object.assign(new Event('message'), event));
  };
  return { page: page as unknown as Window, posted, send };
}

describe('the port of the desktop', () => {
  it('is taken from this window and this origin only', async () => {
    const { page, send } = makePage();
    const port = receivePort(page);
    send({ source: {}, ports: ['frame'] });
    send({ origin: 'https://example.com', ports: ['stranger'] });
    send({ data: 'easel:ready', ports: ['other message'] });
    send({ ports: [] });
    send({ ports: ['own'] });
    send({ ports: ['second'] });
    await expect(port).resolves.toBe('own');
  });

  it('is asked for, so that a faster preload can send it again', () => {
    const { page, posted } = makePage();
    void receivePort(page);
    expect(posted).toEqual(['easel:ready']);
  });

  it('is expected only where the preload left its mark', () => {
    expect(isDesktop({ easelDesktop: true })).toBe(true);
    expect(isDesktop({ easelDesktop: 'true' })).toBe(false);
    expect(isDesktop({})).toBe(false);
  });
});
