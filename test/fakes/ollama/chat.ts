import type { ServerResponse } from 'node:http';
import { Refused, sendJson, startLines, waitWhileOpen } from './answers.ts';
import { ChatRequest } from './chat-request.ts';
import type { ChatFault } from './faults.ts';
import { fullName, type InstalledModel } from './models.ts';
import { isOlder, type SeenChat, type State } from './state.ts';
import { writeAnswer, type Wish } from './write-text.ts';

const mostPieces = 40;
const charactersPerToken = 4;

/** `POST /api/chat`: loads, unloads, or writes an answer piece by piece until it is done or the other side has gone. */
export async function chat(state: State, given: unknown, response: ServerResponse): Promise<void> {
  const parsed = ChatRequest.safeParse(given);
  if (!parsed.success) throw new Refused(400, parsed.error.issues[0]?.message ?? 'invalid request');
  const request = parsed.data;
  const model = state.installed.get(fullName(request.model));
  if (!model) throw new Refused(404, `model '${request.model}' not found`);
  if (request.messages.length === 0) {
    await loadOrUnload(state, model, request.keep_alive, response);
    return;
  }
  const fault = state.faults.take('chat');
  refuse(model, request, fault);
  const seen: SeenChat = { request, state: 'waiting', pieces: 0 };
  state.chats.push(seen);
  const closed = (): void => {
    if (seen.state !== 'done') seen.state = 'closed';
  };
  response.on('close', closed);
  if (fault === 'silent') return;
  if (fault === 'redirect') {
    response.writeHead(307, { Location: 'http://127.0.0.1:1/api/chat' }).end();
    return;
  }
  if (fault === 'html') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>A router</title>');
    return;
  }
  await inTurn(state, model, async () => {
    if (!state.loaded.has(model.name)) {
      if (!(await waitWhileOpen(response, state.settings.loadMs))) return;
      state.loaded.add(model.name);
    }
    await write(state, { model, request, fault, seen }, response);
  });
}

function refuse(model: InstalledModel, { think }: ChatRequest, fault: ChatFault | null): void {
  if (fault === 'busy') throw new Refused(503, 'server busy, please try again.  maximum pending requests exceeded');
  if (fault === 'broken') throw new Refused(500, 'llama runner process has terminated: CUDA error: out of memory');
  if (fault === 'forbidden') throw new Refused(403, '');
  if (fault === 'contextFull') {
    throw new Refused(400, 'the prompt is longer than the context length currently available to the model');
  }
  if (!model.capabilities.includes('completion')) throw new Refused(400, `"${model.name}" does not support chat`);
  if (think !== undefined && think !== false && !model.capabilities.includes('thinking')) {
    throw new Refused(400, `"${model.name}" does not support thinking`);
  }
}

async function loadOrUnload(
  state: State,
  { name }: InstalledModel,
  keepAlive: number | string | undefined,
  response: ServerResponse,
): Promise<void> {
  const unloads = keepAlive === 0 || keepAlive === '0';
  if (unloads) setTimeout(() => state.loaded.delete(name), state.settings.unloadMs);
  else if (await waitWhileOpen(response, state.settings.loadMs)) state.loaded.add(name);
  const message = { role: 'assistant', content: '' };
  sendJson(response, { model: name, message, done: true, done_reason: unloads ? 'unload' : 'load' });
}

/** A model answers one request at a time; the others wait before their headers are sent. */
async function inTurn(state: State, { name }: InstalledModel, work: () => Promise<void>): Promise<void> {
  const before = state.turns.get(name) ?? Promise.resolve();
  const mine = before.then(work);
  state.turns.set(
    name,
    mine.catch(() => undefined),
  );
  await mine;
}

/** The two traps of gpt-oss: with a schema, an old server and one that was told not to think give nothing. */
function isGagged({ settings }: State, { family }: InstalledModel, { format, think }: ChatRequest): boolean {
  return family === 'gptoss' && format !== undefined && (think === false || isOlder(settings.version, '0.12.0'));
}

interface Writing {
  readonly model: InstalledModel;
  readonly request: ChatRequest;
  readonly fault: ChatFault | null;
  readonly seen: SeenChat;
}

async function write(state: State, { model, request, fault, seen }: Writing, response: ServerResponse): Promise<void> {
  const startedAt = Date.now();
  const { thinking, text } = isGagged(state, model, request)
    ? { thinking: '', text: '' }
    : writeAnswer(wishOf(request), fault);
  const thinks = model.capabilities.includes('thinking') && request.think !== false;
  const last = (doneReason: string): object => ({
    done: true,
    done_reason: doneReason,
    total_duration: (Date.now() - startedAt + 1) * 1e6,
    load_duration: state.settings.loadMs * 1e6,
    prompt_eval_count: Math.ceil(JSON.stringify(request.messages).length / charactersPerToken),
    prompt_eval_duration: 1e6,
    eval_count: Math.ceil(text.length / charactersPerToken),
    eval_duration: (Date.now() - startedAt + 1) * 1e6,
  });
  const head = (): object => ({ model: model.name, created_at: new Date().toISOString() });
  const said = (content: string, thought?: string): object => ({
    role: 'assistant',
    content,
    ...(thought === undefined ? {} : { thinking: thought }),
  });
  if (!request.stream) {
    if (!(await waitWhileOpen(response, state.settings.answerMs))) return;
    seen.state = 'done';
    sendJson(response, { ...head(), message: said(text, thinks ? thinking : undefined), ...last('stop') });
    return;
  }
  const line = startLines(response);
  seen.state = 'writing';
  const thoughts = thinks && thinking !== '' ? piecesOf(thinking, 4).map((piece) => said('', piece)) : [];
  const pieces = [...thoughts, ...piecesOf(text, mostPieces - 4).map((piece) => said(piece))];
  const breaksOff = fault !== null && ['errorLine', 'cut', 'unfinished', 'stall'].includes(fault);
  const end = breaksOff ? 0.5 : 1;
  const gapMs = state.settings.answerMs / Math.max(1, pieces.length);
  for (const [at, message] of pieces.entries()) {
    if (at >= pieces.length * end) break;
    // What is late is not made later still by the timer's own coarseness.
    const dueMs = startedAt + (at + 1) * gapMs - Date.now();
    if (dueMs > 0 && !(await waitWhileOpen(response, dueMs))) return;
    if (response.destroyed) return;
    line({ ...head(), message, done: false });
    seen.pieces += 1;
  }
  if (fault === 'stall') return;
  seen.state = 'done';
  if (fault === 'cut') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'errorLine') line({ error: 'an error was encountered while running the model: unexpected EOF' });
  else if (fault !== 'unfinished') {
    line({ ...head(), message: said(''), ...last(fault === 'length' ? 'length' : 'stop') });
  }
  response.end();
}

function wishOf({ messages, format }: ChatRequest): Wish {
  const by = (role: string) => messages.filter((message) => message.role === role);
  return {
    system: by('system')
      .map(({ content }) => content)
      .join('\n'),
    said: by('user').map(({ content }) => content),
    images: by('user').flatMap(({ images = [] }) => images.map((image) => Buffer.from(image, 'base64'))),
    fields: typeof format === 'object' ? Object.keys(format.properties) : [],
  };
}

/** Cuts a text into at most so many pieces, never inside a character. */
function piecesOf(text: string, most: number): string[] {
  const letters = Array.from(text);
  const length = Math.max(charactersPerToken, Math.ceil(letters.length / most));
  const pieces: string[] = [];
  for (let at = 0; at < letters.length; at += length) pieces.push(letters.slice(at, at + length).join(''));
  return pieces;
}
