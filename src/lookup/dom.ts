/** Elements from code. Text always goes in as text: nothing that was pasted can become markup. */

type Child = Node | string | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | EventListener>;

/** @returns a new element; `on…` attributes are listeners, true sets an empty attribute, false leaves it out */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return node;
}

/** A drawing of one path in a box of 16. */
export function mark(path: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** The site's base path. */
export const BASE = document.documentElement.dataset.base ?? "/";
/** A path of the site below its base. */
export const at = (path: string): string => BASE + path.replace(/^\//, "");
