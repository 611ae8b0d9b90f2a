import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { largestInputBytes } from '../../shared/models/generation-request.ts';
import type { App } from '../app.ts';
import { fileErrorCode } from '../files/file-problem.ts';

/** Copies a picture into the library's inputs and answers its id there. Throws AppError `referenceUnreadable`. */
export async function keepInput(app: App, path: string): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > largestInputBytes) throw tooLargeReference(resolve(path));
      parts.push(part);
    }
  } catch (error) {
    throw asReferenceProblem(error, resolve(path));
  }
  return (await app.library().library.addInput(Buffer.concat(parts))).id;
}

function tooLargeReference(path: string): AppError {
  const message = `The image ${path} is larger than ${largestInputBytes / 1_000_000} MB. Scale it down first.`;
  return new AppError('referenceUnreadable', message);
}

function asReferenceProblem(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const messages: Readonly<Record<string, string>> = {
    ENOENT: `There is no image at ${path}. Check the path.`,
    EISDIR: `${path} is a folder. Give the path of an image.`,
  };
  const usual = `The image ${path} can't be read. Check the path and its permissions.`;
  return new AppError('referenceUnreadable', messages[fileErrorCode(error) ?? ''] ?? usual, {}, { cause: error });
}
