/** Files that GitHub and editors read: valid, and true to what they name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseDocument } from "yaml";
import { PATTERNS, schemaFiles } from "../../src/contribute/schemas.ts";

const read = (path: string) => readFileSync(path, "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const yamlFiles = readdirSync(".github", { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && f.name.endsWith(".yml"))
  .map((f) => join(f.parentPath, f.name));

describe("the JSON Schemas", () => {
  it.each(schemaFiles())("%s is fresh", (name, text) => {
    expect(read(join("schemas", name)), "run npm run build:schemas").toBe(text);
  });
  it("are wired in the editor's settings", () => {
    const settings = JSON.parse(read(".vscode/settings.json")) as Record<string, unknown>;
    expect(settings["yaml.schemas"]).toEqual(
      Object.fromEntries(Object.entries(PATTERNS).map(([kind, pattern]) => [`./schemas/${kind}.schema.json`, pattern])),
    );
    expect(settings["astro.content-intellisense"]).toBe(true);
    const { recommendations } = JSON.parse(read(".vscode/extensions.json")) as { recommendations: string[] };
    expect(recommendations).toContain("astro-build.astro-vscode");
  });
  it.each(schemaFiles())("%s explains every field of its first level", (_, text) => {
    const schema = JSON.parse(text) as { anyOf?: { properties: object }[]; properties?: object };
    for (const { properties } of schema.anyOf ?? [{ properties: schema.properties ?? {} }])
      for (const [field, value] of Object.entries(properties))
        expect((value as { description?: string }).description, field).toBeTruthy();
  });
});

it.each(yamlFiles)("%s is valid YAML", (path) => {
  const document = parseDocument(read(path), { uniqueKeys: true });
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
});

describe("workflows", () => {
  const workflows = readdirSync(".github/workflows").map(
    (f) => [f, parse(read(join(".github/workflows", f)))] as const,
  );
  it.each(workflows)("%s has rights, time limits and scripts that exist", (_, w) => {
    expect(w.name).toBeTruthy();
    expect(w.on).toBeTruthy();
    expect(w.permissions).toBeTruthy();
    for (const job of Object.values(w.jobs) as {
      "timeout-minutes"?: number;
      steps: { run?: string; uses?: string }[];
    }[]) {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      for (const { run, uses } of job.steps) {
        if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
        for (const [, name = ""] of (run ?? "").matchAll(/npm run (?:--silent )?([\w:]+)/g))
          expect(Object.keys(scripts)).toContain(name);
        // What others write must not become part of a command.
        expect(run ?? "").not.toMatch(/\$\{\{\s*github\.(?:event|head_ref)/);
      }
    }
  });
  it("the link check stays out of the gate and off forks", () => {
    const links = parse(read(".github/workflows/links.yml"));
    expect(Object.keys(links.on).sort()).toEqual(["schedule", "workflow_dispatch"]);
    expect(links.jobs.links.if).toContain("fork");
    expect(read(".github/workflows/ci.yml")).not.toContain("check:links");
  });
});

describe("issue forms", () => {
  const form = (name: string) =>
    parse(read(`.github/ISSUE_TEMPLATE/${name}.yml`)) as {
      labels: string[];
      body: { id?: string; type: string; attributes: { label?: string; value?: string } }[];
    };
  const labels = (parse(read(".github/labels.yml")) as { name: string; color: string; description: string }[]).map(
    (l) => l.name,
  );
  it("take the parameters that the lookup fills in", () => {
    const ids = form("unknown-bounce").body.map((b) => b.id);
    expect(ids).toEqual(expect.arrayContaining(["reply", "provider", "source"]));
  });
  it.each(["unknown-bounce", "wrong-entry"])(
    "%s has ids of its own, labels that exist and a label on each field",
    (name) => {
      const { body, labels: used } = form(name);
      for (const label of used) expect(labels).toContain(label);
      const ids = body.flatMap((b) => (b.id ? [b.id] : []));
      expect(new Set(ids).size).toBe(ids.length);
      for (const b of body) expect(b.type === "markdown" ? b.attributes.value : b.attributes.label).toBeTruthy();
    },
  );
  it("labels have a colour and say what they are for", () => {
    for (const l of parse(read(".github/labels.yml"))) {
      expect(l.color).toMatch(/^[0-9a-f]{6}$/);
      expect(l.description.length).toBeLessThanOrEqual(100);
    }
  });
});

it("every path that CODEOWNERS names exists", () => {
  for (const line of read(".github/CODEOWNERS").split("\n")) {
    const path = /^(\/\S+)/.exec(line)?.[1];
    if (path) expect(existsSync(path.slice(1)), path).toBe(true);
  }
});
