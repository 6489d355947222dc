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

  constructor(providers: readonly ClassifierProvider[]) {
    for (const p of providers) {
      for (const d of p.domains) this.byDomain.set(d, p.slug);
      for (const m of p.mx) this.byMx.set(m, p.slug);
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
    let known = mx === undefined ? undefined : suffixLookup(this.byMx, mx);
    if (known === undefined && typeof context?.recipient === "string") {
      const domain = context.recipient.slice(context.recipient.lastIndexOf("@") + 1).replace(/[>\s]+$/, "");
      known = this.byDomain.get(domain.toLowerCase());
    }
    if (known !== undefined) return inside.includes(known) ? inside : [...inside, known];
    return inside.length > 0 ? inside : outside;
  }
}

/** The entry for a host name or the nearest of its parents. */
function suffixLookup(map: ReadonlyMap<string, string>, host: string): string | undefined {
  let name = host.trim().toLowerCase().replace(/\.$/, "").slice(0, 253);
  while (name) {
    const found = map.get(name);
    if (found !== undefined) return found;
    const dot = name.indexOf(".");
    if (dot < 0) return undefined;
    name = name.slice(dot + 1);
  }
  return undefined;
}
