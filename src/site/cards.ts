/**
 * Social cards: the picture that a chat or a social network shows beside a link. One for each provider,
 * cause, guide and section; an entry has its provider's and a code the section's, since a picture for
 * each of thousands of pages would double the time of a build.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";
import subsetFont from "subset-font";
import { TYPE_WORD } from "../lookup/words.ts";
import { entryCount, getManual } from "./manual.ts";

/** Pixels; what the large networks ask for. */
export const CARD_SIZE = { width: 1200, height: 630 };

export interface Card {
  /** Its address below /cards/, without the ending: providers/gmail. */
  name: string;
  /** Set in the machine's face, above the title. */
  eyebrow: string;
  title: string;
  /** Below the title. */
  lead: string;
}

const SECTIONS: [name: string, eyebrow: string, title: string, lead: string][] = [
  ["home", "550 5.7.1 …", "What does this bounce mean?", "What it means, whose side must act, what to do next."],
  [
    "providers",
    "Providers",
    "Whose words is it?",
    "Mailbox providers, filters, blocklists, servers, sending services.",
  ],
  ["causes", "Causes", "Why mail comes back", "Soft and hard alone are no advice: the cause decides."],
  ["codes", "Codes", "Reply codes and enhanced status codes", "What the standard says, and who uses them for what."],
  ["guides", "Guides", "What to do about bounces", "And how to have fewer."],
  ["analyze", "Analyze", "What bounces in a log, where and why", "Read in your browser; nothing is uploaded."],
  ["rules", "Rules", "The manual for programs", "One JSON file, a library and a command line."],
  ["contribute", "Contribute", "Add a reply", "One short text file, checked by a machine."],
  ["changes", "Changes", "What is new in the manual", "Entries, providers and guides, newest first."],
];

/** All cards of the site. */
export function cards(): Card[] {
  const m = getManual();
  const count = (n: number) => `${n} ${n === 1 ? "entry" : "entries"}`;
  return [
    ...SECTIONS.map(([name, eyebrow, title, lead]) => ({ name, eyebrow, title, lead })),
    ...m.providers.map((p) => ({
      name: `providers/${p.id}`,
      eyebrow: `${TYPE_WORD[p.data.type]} · ${count(entryCount(p.id))}`,
      title: p.data.name,
      lead: "What its bounces mean, and what to do next.",
    })),
    ...m.causes.map((c) => ({
      name: `causes/${c.id}`,
      eyebrow: "Cause",
      title: c.data.name,
      lead: firstSentence(c.data.summary),
    })),
    ...m.guides.map((g) => ({
      name: `guides/${g.id}`,
      eyebrow: "Guide",
      title: g.data.title,
      lead: firstSentence(g.data.description),
    })),
  ];
}

const firstSentence = (text: string) => /^.{20,}?[.:;](?= |$)/.exec(text)?.[0].replace(/[:;]$/, ".") ?? text;

/** The card of a page of the site. */
export function cardOf(path: string): string {
  const [section = "", page] = path.split("/").filter(Boolean);
  const m = getManual();
  const known =
    (section === "providers" && m.provider.has(page ?? "")) ||
    (section === "causes" && m.cause.has(page as never)) ||
    (section === "guides" && m.guides.some((g) => g.id === page));
  if (known) return `${section}/${page}`;
  return SECTIONS.some(([name]) => name === section) ? section : "home";
}

type Box = { type: string; props: { style?: object; children?: unknown; [attribute: string]: unknown } };
const box = (style: object, children: unknown): Box => ({ type: "div", props: { style, children } });

let faces: Promise<{ name: string; data: Buffer; weight: 400 | 500 | 600; style: "normal" }[]> | undefined;

/** The site's two faces, in the form that the typesetter reads. */
function loadFaces() {
  faces ??= (async () => {
    const latin = Array.from({ length: 0x250 - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join("");
    const read = (file: string) => readFileSync(join("node_modules", file));
    const variable = read("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2");
    const text = (wght: number) =>
      subsetFont(variable, `${latin}“”‘’–—…`, { targetFormat: "sfnt", variationAxes: { wght } });
    const code = read("@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff");
    const style = "normal" as const;
    return [
      { name: "Text", data: await text(400), weight: 400 as const, style },
      { name: "Text", data: await text(600), weight: 600 as const, style },
      { name: "Code", data: code, weight: 500 as const, style },
    ];
  })();
  return faces;
}

/** A colour of the light theme, which stands first in tokens.css. */
const colour = (() => {
  const css = readFileSync("src/styles/tokens.css", "utf8");
  return (name: string): string => {
    const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1];
    if (value === undefined) throw new Error(`src/styles/tokens.css has no colour --${name}.`);
    return value;
  };
})();
const INK = colour("ink");
const MUTED = colour("muted");
const PAPER = colour("paper");
const RULE = colour("rule-strong");
const ACCENT = colour("accent");

const LOGO = `data:image/svg+xml;base64,${readFileSync("public/favicon.svg").toString("base64")}`;

/** @returns the card as PNG */
export async function drawCard({ eyebrow, title, lead }: Card): Promise<Uint8Array<ArrayBuffer>> {
  const layout = box(
    {
      width: "100%",
      height: "100%",
      boxSizing: "border-box",
      display: "flex",
      flexDirection: "column",
      justifyContent: "space-between",
      background: PAPER,
      color: INK,
      fontFamily: "Text",
      padding: "60px 72px 52px",
      borderLeft: `16px solid ${ACCENT}`,
    },
    [
      box({ display: "flex", flexDirection: "column" }, [
        box({ fontFamily: "Code", fontSize: 30, color: MUTED }, eyebrow),
        box(
          {
            marginTop: 28,
            fontWeight: 600,
            fontSize: title.length > 34 ? 72 : 88,
            lineHeight: 1.1,
            letterSpacing: "-0.01em",
          },
          title,
        ),
        box({ marginTop: 28, fontSize: 38, lineHeight: 1.3, color: MUTED, lineClamp: 2, display: "block" }, lead),
      ]),
      box(
        {
          display: "flex",
          alignItems: "center",
          borderTop: `2px solid ${RULE}`,
          paddingTop: 30,
          fontSize: 34,
          fontWeight: 600,
        },
        [{ type: "img", props: { src: LOGO, width: 48, height: 48, style: { marginRight: 20 } } }, "SMTP Field Manual"],
      ),
    ],
  );
  const svg = await satori(layout as unknown as Parameters<typeof satori>[0], {
    ...CARD_SIZE,
    fonts: await loadFaces(),
  });
  return Uint8Array.from(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng());
}
