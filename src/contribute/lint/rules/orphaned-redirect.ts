import type { LintRule } from "../rule.ts";

export const orphanedRedirect: LintRule = {
  name: "orphaned-redirect",
  description: "A redirect stands below a provider that exists, has no body, and no page of the manual needs it.",
  severity: "error",
  scope: "content",
  check({ redirects }, report, { providers }) {
    for (const { id, file, data } of redirects) {
      const provider = id.split("/")[0] as string;
      if (!providers.has(provider))
        report(
          file,
          { line: 1 },
          {
            message: `The redirect stands below «${provider}», which is no provider.`,
            remedy: "Move the file to the provider that the entry belonged to, or give the provider its page.",
          },
        );
      data.moved_to.forEach((to, i) => {
        if (data.moved_to.indexOf(to) < i)
          report(
            file,
            { path: ["moved_to", i] },
            {
              message: "The redirect names an entry twice.",
              remedy: "Remove one.",
              actual: to,
            },
          );
      });
      if (file.body.trim() !== "")
        report(
          file,
          { line: file.bodyLine },
          {
            message: "A redirect has no page of its own, so nobody would read this text.",
            remedy: "Move the text to the entry that has taken its place.",
          },
        );
    }
  },
};
