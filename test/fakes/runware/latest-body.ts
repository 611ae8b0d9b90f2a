import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * The body that was read last. A route says its kind before it sees the request, but here one path does everything and only
 * the body tells what is asked for: so bodies are overheard as they are read, which is right before the route is looked for.
 */
export const latestBody = { text: '' };

subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage };
  const read = request[Symbol.asyncIterator].bind(request);
  request[Symbol.asyncIterator] = async function* () {
    const parts: Buffer[] = [];
    for await (const part of read() as AsyncIterable<Buffer>) {
      parts.push(part);
      yield part;
    }
    latestBody.text = Buffer.concat(parts).toString('utf8');
    return undefined;
  };
});
