import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import type { RequestHandler } from './handle-request.ts';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Port 0 takes any free one. Throws AppError `portTaken`. The handler is made once the port is known. */
export async function listen(port: number, createHandler: (port: number) => RequestHandler): Promise<Listening> {
  let handler: RequestHandler | null = null;
  const server = createAdaptorServer({
    fetch: (request) => handler?.(request) ?? new Response(null, { status: 503 }),
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        const message = `Port ${port} is taken by another program. Choose another one with --port, or leave it out and Easel finds a free one.`;
        reject(new AppError('portTaken', message, {}, { cause: error }));
      } else if (error.code === 'EACCES') {
        reject(
          new AppError(
            'portTaken',
            `Port ${port} is not allowed for you. Choose one above 1023 with --port.`,
            {},
            { cause: error },
          ),
        );
      } else reject(error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  handler = createHandler(actualPort);
  return {
    port: actualPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // Event streams stay open by design; they would keep the server alive.
        server.closeAllConnections();
      }),
  };
}
