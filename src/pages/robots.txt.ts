import { absolute } from "../site/address.ts";

export const GET = () => new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute("/sitemap.xml")}\n`);
