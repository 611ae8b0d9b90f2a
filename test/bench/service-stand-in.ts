import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// A paid service that answers at once, in JSON, with a small answer, with a picture in base64, as OpenAI does, or, below
// /failing, with a failure.
const { values } = parseArgs({ options: { pictures: { type: 'string' } } });
const picture = values.pictures === undefined ? Buffer.alloc(0) : firstPicture(values.pictures);
const small = Buffer.from(JSON.stringify({ id: 'a1b2c3', status: 'succeeded', cost: 0.003, seed: 7 }));
const large = Buffer.from(JSON.stringify({ data: [{ b64_json: picture.toString('base64') }] }));
const openai = Buffer.from(JSON.stringify({ created: 1, data: [{ url: 'http://127.0.0.1/a1b2c3.png' }] }));
const failure = Buffer.from(JSON.stringify({ error: { message: 'The server had an error.', type: 'server_error' } }));

let most = 0;
let open = 0;
let made = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const { url = '' } = request;
    const body = answerTo(url);
    response.writeHead(body === failure ? 500 : 200, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.on('connection', (socket) => {
  open += 1;
  made += 1;
  most = Math.max(most, open);
  socket.on('close', () => {
    open -= 1;
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

function answerTo(url: string): Buffer {
  if (url.startsWith('/failing/')) return failure;
  if (url === '/v1/images/generations') return openai;
  if (url === '/sockets') return Buffer.from(JSON.stringify({ most, made }));
  return url === '/picture' ? large : small;
}

function firstPicture(folder: string): Buffer {
  const [name = ''] = readdirSync(folder);
  return readFileSync(join(folder, name));
}

const stop = (): void => {
  process.exit(0);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('disconnect', stop);
const { port } = server.address() as AddressInfo;
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
