import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { AppEvent } from '../models/events.ts';
import { ErrorReportModel } from '../models/job.ts';
import { operation } from './operation.ts';

export const SystemInfo = z.object({
  version: z.string(),
  /** What this host can do; an interface hides what it can't. */
  abilities: z.object({ revealFile: z.boolean(), chooseFolder: z.boolean() }),
  /** `setup`: the first run has not been answered. `failed`: `problem` says why, and what to do. */
  library: z.object({
    state: z.enum(['setup', 'open', 'failed']),
    folder: z.string(),
    problem: ErrorReportModel.nullable(),
  }),
  /** What the user should know once, for example that a damaged settings file was set aside. */
  notices: z.array(z.string()),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

export const system = {
  info: operation({ summary: 'What is running, and where', access: 'read', withoutLibrary: true }).output(SystemInfo),

  /** Opens the library in this folder, making it where there is none, and remembers it. */
  openLibrary: operation({ summary: 'Open or make a library', access: 'write', withoutLibrary: true })
    .input(z.object({ folder: z.string().min(1).max(4000) }))
    .output(SystemInfo),

  /** Asks with the desktop's own dialogue; null when the user changed their mind. */
  chooseFolder: operation({ summary: 'Let the user pick a folder', access: 'read', withoutLibrary: true }).output(
    z.object({ folder: z.string().nullable() }),
  ),

  revealImage: operation({ summary: 'Show an image in the file manager', access: 'read' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),

  events: operation({ summary: 'What changes, as it changes', access: 'read', withoutLibrary: true }).output(
    eventIterator(AppEvent),
  ),
};
