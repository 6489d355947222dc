/** Text inside XML. */
export const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] as string);

export const xmlResponse = (body: string): Response =>
  new Response(body, { headers: { "content-type": "application/xml; charset=utf-8" } });
