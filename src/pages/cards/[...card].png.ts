/** The social cards, drawn at build. */
import type { APIRoute } from "astro";
import { type Card, cards, drawCard } from "../../site/cards.ts";

export const getStaticPaths = () => cards().map((card) => ({ params: { card: card.name }, props: { card } }));

export const GET: APIRoute<{ card: Card }> = async ({ props }) =>
  new Response(await drawCard(props.card), { headers: { "Content-Type": "image/png" } });
