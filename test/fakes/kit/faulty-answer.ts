import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FakeAnswer, Fault } from './fake-types.ts';

const bombBytes = 2_000_000_000;
let bomb: Buffer | null = null;

/** Gigabytes of zeros, packed; made once, of many members, so that no gigabyte is ever in memory here. */
function gzipBomb(): Buffer {
  const megabytes = 10_000_000;
  const member = gzipSync(Buffer.alloc(megabytes));
  bomb ??= Buffer.concat(Array.from({ length: bombBytes / megabytes }, () => member));
  return bomb;
}

export function send(response: ServerResponse, { status = 200, headers = {}, json, bytes, type }: FakeAnswer): void {
  const body = json === undefined ? Buffer.from(bytes ?? []) : Buffer.from(JSON.stringify(json));
  const contentType = type ?? (json === undefined ? 'application/octet-stream' : 'application/json');
  response.writeHead(status, {
    ...(body.length > 0 ? { 'Content-Type': contentType } : {}),
    'Content-Length': body.length,
    ...headers,
  });
  response.end(body);
}

/** Faults that happen before anything is done. */
export function isBefore({ kind }: Fault): boolean {
  return kind === 'resetBefore' || kind === 'status';
}

/** Spoils an answer. `answer` is null for the faults that need none. */
export function sendFaulty(response: ServerResponse, fault: Fault, answer: FakeAnswer | null): void {
  const retryAfter: Record<string, string> = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
  switch (fault.kind) {
    case 'resetBefore':
    case 'resetAfter':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'status':
    case 'statusAfter': {
      const json = fault.json ?? { error: { message: 'a fault that was switched on' } };
      send(response, { status: fault.status ?? 500, headers: retryAfter, json });
      return;
    }
    case 'html':
      send(response, { bytes: Buffer.from('<!doctype html><title>Bad gateway</title>'), type: 'text/html' });
      return;
    case 'cutJson': {
      const whole = Buffer.from(JSON.stringify(answer?.json ?? { data: [] }));
      send(response, { bytes: whole.subarray(0, Math.floor(whole.length / 2)), type: 'application/json' });
      return;
    }
    case 'wrongType':
      send(response, { bytes: Buffer.from('ok'), type: 'text/plain' });
      return;
    case 'bomb':
      send(response, { bytes: gzipBomb(), type: 'application/json', headers: { 'Content-Encoding': 'gzip' } });
      return;
    case 'trickle': {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1_000_000 });
      response.flushHeaders();
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(timer);
      });
    }
  }
}
