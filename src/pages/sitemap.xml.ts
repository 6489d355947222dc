/** All pages that search engines may read. */
import { absolute } from "../site/address.ts";
import { textPages } from "../site/markdown.ts";
import { xml, xmlResponse } from "../site/xml.ts";

export const GET = () =>
  xmlResponse(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${textPages()
  .map((p) => `<url><loc>${xml(absolute(p.path))}</loc>${p.changed ? `<lastmod>${p.changed}</lastmod>` : ""}</url>`)
  .join("\n")}
</urlset>
`);
