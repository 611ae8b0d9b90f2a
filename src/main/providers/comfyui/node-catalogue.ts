import type { CallOptions } from '../provider.ts';
import type { Http } from '../http-types.ts';
import { ObjectInfo } from './answers.ts';
import { checkGraph, type Missing } from './check-graph.ts';
import type { Graph } from './graph.ts';

/**
 * What a server knows of its nodes, asked class by class: the whole list can be tens of megabytes, and a graph uses a dozen.
 * Classes the server lacks are absent.
 */
export interface NodeCatalogue {
  /** Remembered answers where there are any. */
  read(classNames: readonly string[], options: CallOptions): Promise<ObjectInfo>;
  /** Asks the server again. */
  refresh(classNames: readonly string[], options: CallOptions): Promise<ObjectInfo>;
  /** What a graph needs and the server lacks. Something missing is asked for again first: people add files while ComfyUI runs. */
  check(graph: Graph, options: CallOptions): Promise<readonly Missing[]>;
}

export function createNodeCatalogue(http: Http): NodeCatalogue {
  const known = new Map<string, ObjectInfo>();

  const ask = async (className: string, options: CallOptions): Promise<void> => {
    const path = `/object_info/${encodeURIComponent(className)}`;
    known.set(className, await http.get(path, ObjectInfo, { ...options, alsoAccept: [] }));
  };
  const collect = (classNames: readonly string[]): ObjectInfo =>
    Object.assign({}, ...classNames.map((className) => known.get(className) ?? {})) as ObjectInfo;

  const catalogue: NodeCatalogue = {
    async read(classNames, options) {
      await Promise.all(classNames.filter((name) => !known.has(name)).map((name) => ask(name, options)));
      return collect(classNames);
    },
    async refresh(classNames, options) {
      await Promise.all(classNames.map((name) => ask(name, options)));
      return collect(classNames);
    },
    async check(graph, options) {
      const classNames = [...new Set(Object.values(graph).map((node) => node.class_type))];
      const missing = checkGraph(graph, await catalogue.read(classNames, options));
      return missing.length === 0 ? missing : checkGraph(graph, await catalogue.refresh(classNames, options));
    },
  };
  return catalogue;
}
