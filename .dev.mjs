import { readFileSync } from 'node:fs';
process.chdir('/work/main');
const { createClassifier } = await import('/work/main/src/classifier/index.ts');
const { AnchorIndex } = await import('/work/main/src/classifier/anchor-index.ts');
const rs = JSON.parse(readFileSync('/work/main/dist/rules/rules.json','utf8'));
const { readContent } = await import('/work/main/src/compiler/read-content.ts');
import { compile } from '/work/main/src/compiler/compile.ts';
const compiled = compile(readContent('content'));
let state=20261123; const below=n=>{state=(Math.imul(state,1664525)+1013904223)>>>0;return Math.floor(state/0x100000000*n)};
const examples = compiled.content.entries.flatMap((e) => e.data.examples.map((x) => x.text.trim()));
  const ip = () => `${1 + below(223)}.${below(256)}.${below(256)}.${1 + below(254)}`;
  const name = () =>
    Array.from({ length: 4 + below(10) }, () => "abcdefghijklmnopqrstuvwxyz0123456789"[below(36)]).join("");
  const vary = (text) =>
    text
      .replace(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, ip)
      .replace(/[\w.+-]+@[\w.-]+\.\w+/g, () => `${name()}@${name()}.example`);
const texts= Array.from({ length: 2000 }, (_, i) => {
    const reply = vary(examples[below(examples.length)]);
    const wrapped = i % 3 === 0 ? `<${name()}@${name()}.example>: host mx.${name()}.example[${ip()}] said: ${reply.replace(/\s+/g, " ")} (in reply to RCPT TO command)` : reply;
    const noise = i % 4 === 0 ? Array.from({ length: below(12) }, () => `${name()} ${name()}@${name()}.example [${ip()}] ${name()}.`).join(" ") : "";
    return `${wrapped} ${noise}`.trim().padEnd(20).slice(0, 2000);
  });
const classify=createClassifier(compiled.ruleSet);
import { createRequire } from 'node:module';
const z=createRequire('/work/main/package.json')("zone-mta/lib/bounces.js");
const best={};
const run=(n,f)=>{const s=performance.now();for(const t of texts)f(t);const d=(performance.now()-s)*1000/texts.length;best[n]=Math.min(best[n]??1e9,d)};
for(let r=0;r<(+process.argv[2]||25);r++){run('c',t=>classify(t).cause);run('z',t=>z.check(t).category)}
console.log('classifier',best.c.toFixed(1),'zonemta',best.z.toFixed(1),'ratio',(best.z/best.c).toFixed(2));
