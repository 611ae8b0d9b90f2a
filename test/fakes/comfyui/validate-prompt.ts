import { isLink, parentsOf, type Graph } from './graph.ts';
import { choicesOf, type InputSpec, type ObjectInfo } from './object-info.ts';

interface NodeError {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: Readonly<Record<string, unknown>>;
}
export type NodeErrors = Record<string, { errors: NodeError[]; dependent_outputs: string[]; class_type: string }>;

export type Verdict =
  | { readonly ok: true; readonly outputs: readonly string[]; readonly nodeErrors: NodeErrors }
  | {
      readonly ok: false;
      readonly body: { readonly error: NodeError; readonly node_errors: NodeErrors };
    };

export interface ValidationContext {
  readonly objectInfo: ObjectInfo;
  readonly fileExists: (name: string) => boolean;
  readonly missingNodeType: boolean;
}

const refuse = (
  type: string,
  message: string,
  details = '',
  extra: Record<string, unknown> = {},
  nodeErrors: NodeErrors = {},
): Verdict => ({ ok: false, body: { error: { type, message, details, extra_info: extra }, node_errors: nodeErrors } });

function listOf(values: readonly unknown[]): string {
  return `[${values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(', ')}]`;
}

function checkLiteral(name: string, spec: InputSpec, value: unknown, context: ValidationContext): NodeError | null {
  const [type, options = {}] = spec;
  const info = { input_name: name, input_config: spec, received_value: value };
  if (options.image_upload === true) {
    if (context.fileExists(String(value))) return null;
    const details = `${name} - Invalid image file: ${String(value)}`;
    return {
      type: 'custom_validation_failed',
      message: 'Custom validation failed for node',
      details,
      extra_info: { input_name: name },
    };
  }
  const choices = choicesOf(spec);
  if (choices) {
    if (choices.includes(value)) return null;
    const config = choices.length > 20 ? null : spec;
    const details = `${name}: '${String(value)}' not in ${choices.length > 20 ? `(list of length ${choices.length})` : listOf(choices)}`;
    return {
      type: 'value_not_in_list',
      message: 'Value not in list',
      details,
      extra_info: { ...info, input_config: config },
    };
  }
  if (type !== 'INT' && type !== 'FLOAT') return null;
  const number = Number(value);
  const { min, max } = options as { min?: number; max?: number };
  if (min !== undefined && number < min) {
    const message = `Value ${number} smaller than min of ${min}`;
    return { type: 'value_smaller_than_min', message, details: name, extra_info: info };
  }
  if (max !== undefined && number > max) {
    const message = `Value ${number} bigger than max of ${max}`;
    return { type: 'value_bigger_than_max', message, details: name, extra_info: info };
  }
  return null;
}

function checkNode(graph: Graph, id: string, context: ValidationContext): NodeError[] {
  const node = graph[id];
  const info = node && context.objectInfo[node.class_type];
  if (!info) return [];
  const errors: NodeError[] = [];
  for (const [name, spec] of Object.entries(info.input.required ?? {})) {
    const value = node.inputs[name];
    if (value === undefined) {
      errors.push({
        type: 'required_input_missing',
        message: 'Required input is missing',
        details: name,
        extra_info: { input_name: name },
      });
    } else if (isLink(value)) {
      const [from, slot] = value;
      const received = context.objectInfo[graph[from]?.class_type ?? '']?.output[slot];
      if (received !== undefined && typeof spec[0] === 'string' && received !== spec[0]) {
        errors.push({
          type: 'return_type_mismatch',
          message: 'Return type mismatch between linked nodes',
          details: `${name}, received_type(${received}) mismatch input_type(${spec[0]})`,
          extra_info: { input_name: name, input_config: spec, received_type: received, linked_node: value },
        });
      }
    } else {
      const error = checkLiteral(name, spec, value, context);
      if (error) errors.push(error);
    }
  }
  return errors;
}

function isBehind(graph: Graph, output: string, id: string): boolean {
  return output === id || parentsOf(graph[output]).some((parent) => isBehind(graph, parent, id));
}

/** Judges a prompt as ComfyUI does before queueing it: one unknown class stops everything, one good output is enough. */
export function validatePrompt(graph: Graph, context: ValidationContext): Verdict {
  for (const [id, node] of Object.entries(graph)) {
    if (context.objectInfo[node.class_type]) continue;
    const type = context.missingNodeType ? 'missing_node_type' : 'invalid_prompt';
    const message = context.missingNodeType
      ? `Node '${node.class_type}' not found. The custom node may not be installed.`
      : `Cannot execute because node ${node.class_type} does not exist.`;
    return refuse(
      type,
      message,
      `Node ID '#${id}'`,
      context.missingNodeType ? { node_id: id, class_type: node.class_type, node_title: node.class_type } : {},
    );
  }
  const outputs = Object.keys(graph).filter((id) => context.objectInfo[graph[id]?.class_type ?? '']?.output_node);
  if (outputs.length === 0) return refuse('prompt_no_outputs', 'Prompt has no outputs');

  const nodeErrors: NodeErrors = {};
  for (const id of Object.keys(graph)) {
    const errors = checkNode(graph, id, context);
    const dependent = outputs.filter((output) => isBehind(graph, output, id));
    if (errors.length > 0 && dependent.length > 0) {
      nodeErrors[id] = { errors, dependent_outputs: dependent, class_type: graph[id]?.class_type ?? '' };
    }
  }
  const good = outputs.filter(
    (output) => !Object.values(nodeErrors).some((error) => error.dependent_outputs.includes(output)),
  );
  if (good.length > 0) return { ok: true, outputs: good, nodeErrors };
  return refuse('prompt_outputs_failed_validation', 'Prompt outputs failed validation', '', {}, nodeErrors);
}
