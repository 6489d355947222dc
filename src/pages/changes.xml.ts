/** The Atom feed of what is new. */
import { absolute } from "../site/address.ts";
import { changes } from "../site/changes.ts";
import { xml, xmlResponse } from "../site/xml.ts";

const MAX = 100;

export const GET = () => {
  const list = changes().slice(0, MAX);
  const updated = `${list[0]?.date ?? "1970-01-01"}T00:00:00Z`;
  const entries = list.map(
    (c) => `<entry>
<title>${xml(`${c.what}: ${c.title}`)}</title>
<id>${xml(absolute(c.path))}#${c.what === "Changed" ? "changed" : "added"}-${c.date}</id>
<link href="${xml(absolute(c.path))}"/>
<updated>${c.date}T00:00:00Z</updated>
<summary>${xml(c.summary)}</summary>
</entry>`,
  );
  return xmlResponse(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>SMTP Field Manual: changes</title>
<id>${xml(absolute("/changes/"))}</id>
<link href="${xml(absolute("/changes/"))}"/>
<link rel="self" href="${xml(absolute("/changes.xml"))}"/>
<updated>${updated}</updated>
<author><name>SMTP Field Manual</name></author>
${entries.join("\n")}
</feed>
`);
};
