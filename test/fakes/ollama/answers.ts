import type { ServerResponse } from 'node:http';

/** Thrown to answer at once with an error, as the server words it. An empty message: an empty body. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}

export function sendRefusal(response: ServerResponse, { status, message }: Refused): void {
  if (message === '') response.writeHead(status, { 'Content-Length': 0 }).end();
  else sendJson(response, { error: message }, status);
}

/** Begins a stream of JSON lines; what it returns writes one, or nothing once the other side has gone. */
export function startLines(response: ServerResponse): (line: unknown) => void {
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  response.flushHeaders();
  return (line) => {
    if (!response.destroyed) response.write(`${JSON.stringify(line)}\n`);
  };
}

/** Waits so many milliseconds; answers false, at once, where the other side goes away meanwhile. */
export function waitWhileOpen(response: ServerResponse, milliseconds: number): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (isOpen: boolean): void => {
      clearTimeout(timer);
      response.off('close', gone);
      resolve(isOpen);
    };
    const gone = (): void => {
      done(false);
    };
    const timer = setTimeout(() => {
      done(!response.destroyed);
    }, milliseconds);
    response.on('close', gone);
  });
}
