import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
export const empty = (status = 200): Answer => ({ status, type: 'application/octet-stream', body: '' });
export const text = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });
/** What every unexpected failure of the server looks like. */
export const trouble = (): Answer => text(500, '500 Internal Server Error\n\nServer got itself in trouble');
export const notFound = (): Answer => text(404, '404: Not Found');

/** Thrown where the answer isn't the route's own. */
export class AnswerEarly extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('answered early');
    this.answer = answer;
  }
}

export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= limit) parts.push(part);
  }
  if (length > limit) throw new AnswerEarly(text(413, '413: Request Entity Too Large'));
  return Buffer.concat(parts);
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new AnswerEarly(trouble());
  }
}

export function sendAnswer(response: ServerResponse, { status, type, body, headers = {} }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    Server: 'Python/3.11 aiohttp/3.8.4',
    ...headers,
  });
  response.end(bytes);
}
