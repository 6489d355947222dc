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
import { writeFileSync } from 'node:fs';
const all=[...examples,...texts];
for(const n of ['activecampaign','zonemta'])for(const l of readFileSync(`test/corpus/${n}.jsonl`,'utf8').trim().split('\n'))all.push(JSON.parse(l).text);
for(const t of examples.slice(0,600)){all.push(t.replace(/(.{30,60}) /g,'$1\r\n  '));all.push(t.toUpperCase());all.push('garbage spam.example.com '+t.slice(10)+' user unknown mailbox full');all.push(t.slice(0,t.length/2))}
writeFileSync(process.argv[2],all.map(t=>JSON.stringify(classify(t))+JSON.stringify(classify(t,{mx:'mx01.mail.icloud.com',recipient:'a@gmail.com'}))).join('\n'));
console.log(all.length);
