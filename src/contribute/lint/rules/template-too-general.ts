import { parseTemplate, type Template, TemplateError } from "../../../template/index.ts";
import type { LintRule } from "../rule.ts";

/** Words that stand in every other reply: alone they say nothing. */
const STOP_WORDS = new Set(
  `a an and are as at be because been by can cannot could do does for from had has have if in is it its message messages mail mails
  email e-mail no not of on or our please reason reply said server sorry that the this to try us was we were will with you your
  ip my i me am error code smtp address recipient sender host domain user account delivery for more information see help contact`.split(
    /\s+/,
  ),
);

/** Fewer literal characters than this match by chance. */
const MIN_LITERALS = 5;

export const templateTooGeneral: LintRule = {
  name: "template-too-general",
  description: "A template holds enough words of its own to say something.",
  severity: "error",
  scope: "entry",
  check({ file, data }, report) {
    data.templates.forEach((given, i) => {
      const { text, strength } = typeof given === "string" ? { text: given, strength: "plain" } : given;
      const template = tryParse(text);
      if (!template || strength === "weak") return;
      const literal = template.parts
        .map((p) => (p.type === "literal" ? p.text : p.type === "choice" ? p.options.join(" ") : " "))
        .join(" ");
      // A sign or a digit among letters makes a code, and so do capitals: [TSS04], ?p=DisabledUser, CXMJ.
      const isCode =
        /[[\]()#=_]|[a-z]\d|\d[a-z]|[a-z]-\d|\d\.\d|[a-z]:[a-z]/.test(literal) ||
        /\b[A-Z]{3,}:|\b[A-Z]{4,}\b/.test(text);
      // A sign of Chinese or Japanese says as much as three letters.
      const literals = template.literals + 2 * (literal.match(/[\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
      const words = literal.match(/[\p{L}][\p{L}'-]*/gu) ?? [];
      const own = words.filter((w) => w.length > 1 && !STOP_WORDS.has(w));
      if (!isCode && literals < MIN_LITERALS)
        report(
          file,
          { path: ["templates", i] },
          {
            message: "The template is too short to say something.",
            remedy: "Take more of the reply's own words, or mark it { text: …, strength: weak }.",
            expected: `${MIN_LITERALS} literal characters or more`,
            actual: `${text} (${literals})`,
          },
        );
      // Many ordinary words in a row are seldom there by chance.
      else if (!isCode && own.length === 0 && words.length < 6)
        report(
          file,
          { path: ["templates", i] },
          {
            message: "The template has only words that stand in every other reply.",
            remedy: "Take a word that names the reason, or mark it { text: …, strength: weak }.",
            actual: text,
          },
        );
    });
  },
};

function tryParse(text: string): Template | undefined {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) return undefined; // reported by the compiler
    throw error;
  }
}
