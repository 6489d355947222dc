/** The data of the paste box. */
import { lookupFiles } from "../../site/lookup-files.ts";

export function getStaticPaths() {
  return Object.values(lookupFiles()).map(({ name, body }) => ({ params: { file: name }, props: { body } }));
}

export const GET = ({ props }: { props: { body: string } }) =>
  new Response(props.body, { headers: { "content-type": "application/json" } });
