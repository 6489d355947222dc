/**
 * What a guide's Markdown can do beyond text: a fence named `bounce` becomes an example that can be
 * copied and opened in the lookup.
 */
import { href } from "./address.ts";
import { explainExample } from "./explain.ts";

const decode = (html: string) =>
  html.replace(
    /&(lt|gt|quot|#39|#x27|amp);/g,
    (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name] ?? "'",
  );
const encode = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] as string);

export const withSamples = (html: string): string =>
  html.replace(/<pre[^>]*><code class="language-bounce">([\s\S]*?)<\/code><\/pre>/g, (_, inside: string) => {
    const text = decode(inside).trim();
    const marked = explainExample(text, {})
      .map((p) => (p.role ? `<mark class="part-${p.role}">${encode(p.text)}</mark>` : encode(p.text)))
      .join("");
    return `<figure class="sample"><pre><code data-copy-text>${marked}</code></pre><figcaption><span>Example</span><span class="row needs-js"><button class="link-button" type="button" data-copy>Copy</button><a href="${href("/")}#t=${encodeURIComponent(text)}">Open in lookup</a></span></figcaption></figure>`;
  });
