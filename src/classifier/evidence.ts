/** Which providers other evidence than the words confirms: fingerprints, the caller's context, the wrapper's host. */
import type { ClassifierProvider } from "./reading.ts";

export interface Context {
  /** The recipient's address or domain. */
  recipient?: string | undefined;
  /** The host name of the server that answered. */
  mx?: string | undefined;
}

export class Evidence {
  private readonly byDomain = new Map<string, string>();
  private readonly byMx = new Map<string, string>();
  /** The last two labels of each: most hosts of a text end in none of these. */
  private readonly mxEnds = new Set<string>();

  constructor(providers: readonly ClassifierProvider[]) {
    for (const p of providers) {
      for (const d of p.domains) this.byDomain.set(d, p.slug);
      for (const m of p.mx) {
        this.byMx.set(m, p.slug);
        this.mxEnds.add(lastLabels(m));
      }
    }
  }

  /**
   * @param inside providers whose fingerprints stand in the innermost server's words
   * @param outside providers whose fingerprints stand elsewhere in the text; they count only where nothing else does
   * @param host the host that a wrapper names as the speaker
   */
  confirm(
    inside: readonly string[],
    outside: readonly string[],
    host: string | undefined,
    context: Context | undefined,
  ): readonly string[] {
    // The server that answered says more than the recipient's domain, which may be hosted anywhere.
    const mx = typeof context?.mx === "string" ? context.mx : host;
    let known = mx === undefined ? undefined : this.byHost(mx);
    if (known === undefined && typeof context?.recipient === "string") {
      const domain = context.recipient.slice(context.recipient.lastIndexOf("@") + 1).replace(/[>\s]+$/, "");
      known = this.byDomain.get(domain.toLowerCase());
    }
    if (known !== undefined) return inside.includes(known) ? inside : [...inside, known];
    return inside.length > 0 ? inside : outside;
  }

  /** The provider of a host name or of the nearest of its parents. */
  private byHost(host: string): string | undefined {
    let name = host.trim().toLowerCase();
    if (name.endsWith(".")) name = name.slice(0, -1);
    if (name.length > MAX_NAME || !this.mxEnds.has(lastLabels(name))) return undefined;
    while (name) {
      const found = this.byMx.get(name);
      if (found !== undefined) return found;
      const dot = name.indexOf(".");
      if (dot < 0) return undefined;
      name = name.slice(dot + 1);
    }
    return undefined;
  }
}

/** The longest domain name (RFC 1035). */
const MAX_NAME = 253;

/** The last two labels of a name, or all of a shorter one. */
const lastLabels = (name: string) => name.slice(name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
