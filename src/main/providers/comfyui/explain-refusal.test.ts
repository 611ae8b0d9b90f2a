import { describe, expect, it } from 'vitest';
import { explainRefusal, failureOfNodes } from './explain-refusal.ts';

const explain = (status: number, json: unknown) =>
  explainRefusal({ status, json, text: JSON.stringify(json), header: () => null });

describe('a refusal of ComfyUI', () => {
  it('names the node that is missing, in the words of new and old servers', () => {
    const newer = {
      error: { type: 'missing_node_type', message: "Node 'X' not found.", extra_info: { class_type: 'X' } },
      node_errors: {},
    };
    expect(explain(400, newer)?.message).toContain('lacks the node X');
    const older = {
      error: { type: 'invalid_prompt', message: 'Cannot execute because node X does not exist.', details: '' },
    };
    expect(explain(400, older)?.message).toBe(
      'ComfyUI does not accept this: Cannot execute because node X does not exist.',
    );
    expect(explain(400, { error: 'no prompt', node_errors: [] })?.message).toBe(
      'ComfyUI does not accept this: no prompt.',
    );
  });

  it('takes the cause from the nodes, since the error itself often tells none', () => {
    const body = {
      error: { type: 'prompt_outputs_failed_validation', message: 'Prompt outputs failed validation', details: '' },
      node_errors: {
        3: {
          class_type: 'LoadImage',
          errors: [
            {
              type: 'custom_validation_failed',
              message: 'Custom validation failed for node',
              details: 'image - Invalid image file: x.png',
              extra_info: {},
            },
          ],
        },
      },
    };
    expect(explain(400, body)).toMatchObject({
      code: 'invalid_request',
      message:
        'ComfyUI does not accept this: LoadImage: Custom validation failed for node (image - Invalid image file: x.png).',
    });
  });

  it('is a refusal even where its reasons can not be read', () => {
    expect(failureOfNodes({}).message).toBe('ComfyUI does not accept this: it gave no reason.');
  });

  it('of another kind is left to the common table', () => {
    for (const [status, json] of [
      [400, null],
      [400, { hello: 1 }],
      [404, null],
      [500, { error: 'x' }],
    ] as const) {
      expect(explain(status, json)).toBeNull();
    }
  });
});
