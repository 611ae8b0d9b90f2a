import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// A paid service that answers at once, in JSON, with a small answer or with a picture in base64.
const { values } = parseArgs({ options: { pictures: { type: 'string' } } });
const picture = values.pictures === undefined ? Buffer.alloc(0) : firstPicture(values.pictures);
const small = Buffer.from(JSON.stringify({ id: 'a1b2c3', status: 'succeeded', cost: 0.003, seed: 7 }));
const large = Buffer.from(JSON.stringify({ data: [{ b64_json: picture.toString('base64') }] }));

let most = 0;
let open = 0;
let made = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const isCount = request.url === '/sockets';
    const body = isCount ? Buffer.from(JSON.stringify({ most, made })) : request.url === '/picture' ? large : small;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
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
