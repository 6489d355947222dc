/** Charts drawn by hand: SVG that scales with its place, and says in words what it shows. */
import type { Period, Spike } from "../report/timeline.ts";
import { number, period, plural } from "./words.ts";

const SVG = "http://www.w3.org/2000/svg";

function svg(tag: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A bar beside numbers that stand in the table anyway: the hard part, then the soft part. */
export function shareBar(hard: number, soft: number, most: number): SVGElement {
  const part = (n: number) => `${((100 * n) / Math.max(most, 1)).toFixed(2)}%`;
  return svg(
    "svg",
    { class: "share-bar", "aria-hidden": "true" },
    svg("rect", { class: "bar-hard", width: part(hard), height: "100%" }),
    svg("rect", { class: "bar-soft", x: part(hard), width: part(soft), height: "100%" }),
  );
}

const HEIGHT = 200;
const TOP = 22;
const FOOT = 22;
const LEFT = 44;
/** The narrowest bar that can still be seen and told from the next. */
const LEAST = 3;

/** A round number at or above n, for the scale; its half is a whole number, too. */
function roundUp(n: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(n, 1)));
  return [1, 2, 4, 6, 8, 10].map((f) => f * unit).find((m) => m >= n) ?? n;
}

/** Bars over time, a triangle above each spike. */
function draw(all: readonly Period[], spikes: ReadonlySet<string>, width: number): SVGElement {
  const room = Math.max(width - LEFT, 100);
  const shown = all.slice(-Math.floor(room / LEAST));
  const highest = Math.max(1, ...shown.map((p) => p.bounces));
  const top = Math.max(roundUp(highest), 4);
  const tall = HEIGHT - TOP - FOOT;
  const floor = HEIGHT - FOOT;
  const step = room / shown.length;
  const thick = Math.min(Math.max(step * 0.75, 1), 48);
  const peak = shown.find((p) => p.bounces === highest);
  const marked = shown.filter((p) => spikes.has(p.time));
  const first = shown[0]?.time ?? "";
  const last = shown.at(-1)?.time ?? "";
  const label =
    `Bounces from ${period(first)} to ${period(last)}: at most ${number(highest)} (${period(peak?.time ?? "")}), ` +
    `${plural(marked.length, "spike")}${
      marked.length > 0
        ? `: ${marked
            .slice(0, 5)
            .map((p) => period(p.time))
            .join(", ")}`
        : ""
    }.`;
  const chart = svg("svg", {
    class: "timeline",
    width,
    height: HEIGHT,
    viewBox: `0 0 ${width} ${HEIGHT}`,
    role: "img",
    "aria-label": label,
  });
  for (const value of [top, top / 2]) {
    const y = floor - (value / top) * tall;
    chart.append(
      svg("line", { class: "grid-line", x1: LEFT, x2: width, y1: y, y2: y }),
      svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, number(value)),
    );
  }
  chart.append(
    svg("line", { class: "axis", x1: LEFT, x2: width, y1: floor, y2: floor }),
    svg("text", { x: LEFT - 6, y: floor + 4, "text-anchor": "end" }, "0"),
  );
  shown.forEach((p, i) => {
    const height = p.bounces === 0 ? 0 : Math.max((p.bounces / top) * tall, 1);
    const middle = LEFT + (i + 0.5) * step;
    const spike = spikes.has(p.time);
    chart.append(
      svg(
        "rect",
        { class: spike ? "bar bar-spike" : "bar", x: middle - thick / 2, y: floor - height, width: thick, height },
        svg("title", {}, `${period(p.time)}: ${plural(p.bounces, "bounce")}${spike ? ", a spike" : ""}`),
      ),
    );
    if (spike) {
      const tip = floor - height - 5;
      chart.append(svg("path", { class: "spike-mark", d: `M${middle - 5} ${tip - 8}h10l-5 8z` }));
    }
  });
  chart.append(
    svg("text", { x: LEFT, y: HEIGHT - 4 }, period(first)),
    svg("text", { x: width, y: HEIGHT - 4, "text-anchor": "end" }, period(last)),
  );
  return chart;
}

/** The chart over time, drawn anew when its place changes its width. */
export function timeline(periods: readonly Period[], spikes: readonly Spike[]): HTMLElement {
  const place = document.createElement("div");
  place.className = "timeline-place";
  const marked = new Set(spikes.map((s) => s.time));
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(place.clientWidth);
    if (now === 0 || now === width) return;
    width = now;
    place.replaceChildren(draw(periods, marked, width));
  }).observe(place);
  return place;
}
