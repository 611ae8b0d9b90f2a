import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { sendAnswer, text, trouble, type Answer } from './http-answers.ts';
import { makeEnormousPng } from './pictures.ts';

const page = '<!doctype html><html><head><title>Router</title></head><body>Please sign in</body></html>';

/** Answers in the way of a fault; false when this fault leaves the answer as it is. */
export function answerFaultily(response: ServerResponse, fault: Fault, answer: () => Answer): boolean {
  const png = (body: Buffer | string): Answer => ({ status: 200, type: 'image/png', body });
  switch (fault.kind) {
    case 'hang':
      return true;
    case 'resetBefore':
    case 'resetAfter':
      response.socket?.resetAndDestroy();
      return true;
    case 'html':
      sendAnswer(response, { status: 200, type: 'text/html; charset=utf-8', body: page });
      return true;
    case 'htmlAsJson':
      sendAnswer(response, { status: 200, type: 'application/json', body: page });
      return true;
    case 'garbage':
      sendAnswer(response, { status: 200, type: 'application/json', body: '{"hello":[1,2' });
      return true;
    case 'text500':
      sendAnswer(response, trouble());
      return true;
    case 'status':
      sendAnswer(response, text(fault.status ?? 500, fault.message ?? `${fault.status ?? 500}: made up`));
      return true;
    case 'redirect':
      sendAnswer(response, { ...text(302, ''), headers: { Location: 'http://127.0.0.1:1/elsewhere' } });
      return true;
    case 'tooLarge':
      sendAnswer(response, text(413, '413: Request Entity Too Large'));
      return true;
    case 'notAnImage':
      sendAnswer(response, png('this is no picture'));
      return true;
    case 'enormous':
      sendAnswer(response, png(makeEnormousPng()));
      return true;
    case 'nan': {
      const { body, ...rest } = answer();
      sendAnswer(response, {
        ...rest,
        body: Buffer.from(body)
          .toString()
          .replace('"extra', '"weight": NaN, "low": -Infinity, "text": "NaN", "extra')
          .replace(/"seed":\s*\d+/, '"seed": NaN'),
      });
      return true;
    }
    case 'truncated': {
      const { status, type, body } = answer();
      const bytes = Buffer.from(body);
      response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
      return true;
    }
    default:
      return false;
  }
}
