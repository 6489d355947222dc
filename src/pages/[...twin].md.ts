/** The Markdown twin of each page, index.md beside its index.html. */
import { textPages } from "../site/markdown.ts";

export const getStaticPaths = () =>
  textPages().map((page) => ({ params: { twin: `${page.path.slice(1)}index` }, props: { markdown: page.markdown } }));

export const GET = ({ props }: { props: { markdown: () => string } }) =>
  new Response(props.markdown(), { headers: { "content-type": "text/markdown; charset=utf-8" } });
