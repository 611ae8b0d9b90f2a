export type Link = readonly [string, number];
export interface GraphNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
export type Graph = Readonly<Record<string, GraphNode>>;

export function isLink(value: unknown): value is Link {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
}

/** The nodes a node needs, in the order of its inputs. */
export function parentsOf(node: GraphNode | undefined): readonly string[] {
  return Object.values(node?.inputs ?? {})
    .filter(isLink)
    .map(([id]) => id);
}

/** Every node that the given outputs need, parents first, each once. */
export function runOrder(graph: Graph, outputs: readonly string[]): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const parent of parentsOf(graph[id])) visit(parent);
    order.push(id);
  };
  for (const output of outputs) visit(output);
  return order;
}

/** What a node's result depends on: its class and inputs, with links replaced by what they lead to. */
export function signatureOf(graph: Graph, id: string): string {
  const node = graph[id];
  if (!node) return `missing ${id}`;
  const inputs = Object.entries(node.inputs).map(([name, value]) => [
    name,
    isLink(value) ? [signatureOf(graph, value[0]), value[1]] : value,
  ]);
  return JSON.stringify([node.class_type, inputs]);
}
