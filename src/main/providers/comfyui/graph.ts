/** A graph in ComfyUI's API format: nodes by id; an input is a literal or a link to another node's output. */
export type Link = readonly [node: string, output: number];
export type InputValue = string | number | boolean | Link;
export interface GraphNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, InputValue>>;
}
export type Graph = Readonly<Record<string, GraphNode>>;

export function isLink(value: InputValue): value is Link {
  return Array.isArray(value);
}

/** The outputs of a node that has been added: `checkpoint(1)` is a link to its second output. */
export type NodeOutputs = (output: number) => Link;

export interface GraphBuilder {
  readonly graph: Graph;
  add(className: string, inputs: GraphNode['inputs']): NodeOutputs;
}

export function createGraphBuilder(): GraphBuilder {
  const nodes: Record<string, GraphNode> = {};
  let last = 0;
  return {
    graph: nodes,
    add(className, inputs) {
      last += 1;
      const id = String(last);
      nodes[id] = { class_type: className, inputs };
      return (output) => [id, output];
    },
  };
}

/** Which class each node of a graph has, for the words of its progress. */
export function classesOf(graph: Graph): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, node.class_type]));
}
