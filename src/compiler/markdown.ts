/** Markdown as a tree, read by the parser that the site renders with: what is checked is what is shown. */
import { markdownToMdast, mdxToMdast } from "satteri";

/** A node of the tree (mdast), as far as the checks read it. */
export interface MarkdownNode {
  type: string;
  value?: string;
  url?: string;
  depth?: number;
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: MarkdownNode[];
  position?: { start: { line: number; column: number } };
}

export const parseMarkdown = (text: string): MarkdownNode => markdownToMdast(text) as unknown as MarkdownNode;

/** @throws an Error whose message begins with line:column, where MDX cannot be read */
export const parseMdx = (text: string): MarkdownNode => mdxToMdast(text) as unknown as MarkdownNode;

/** All nodes, parents first. Keeps its own stack, so that deep nesting cannot exhaust the call stack. */
export function* nodesOf(root: MarkdownNode): Generator<MarkdownNode> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const { children = [] } = node;
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as MarkdownNode);
  }
}
