// Texts: the three languages have the same keys with the same placeholders; every key the code names
// exists; every code of the API that a screen shows has its words; no Chinese stands in a component.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const LOCALES = new URL('../src/locales/', import.meta.url).pathname;
const SOURCE = new URL('../src/', import.meta.url).pathname;
const FIRST = 'zh-CN';
const CJK = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;
// Characters that only simplified Chinese has, common enough to give a mix-up away.
const SIMPLIFIED = /[单订货费图线时间设录应处还进过对开关见认让请说读谁谢买卖]/;
const faults = [];

function flat(value, prefix = '', into = new Map()) {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof inner === 'string') into.set(path, inner);
    else flat(inner, path, into);
  }
  return into;
}
const placeholders = (text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted().join(',');

const languages = (await readdir(LOCALES, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const texts = {};
for (const language of languages) {
  texts[language] = new Map();
  for (const file of await readdir(join(LOCALES, language))) {
    if (!file.endsWith('.json')) continue;
    const feature = file.replace('.json', '');
    const words = flat(JSON.parse(await readFile(join(LOCALES, language, file), 'utf8')));
    for (const [key, text] of words) texts[language].set(`${feature}:${key}`, text);
  }
}
for (const language of languages) {
  for (const [key, text] of texts[FIRST]) {
    const other = texts[language].get(key);
    if (other === undefined) faults.push(`${language} lacks ${key}`);
    else if (placeholders(other) !== placeholders(text)) faults.push(`${language} ${key}: other placeholders than ${FIRST}`);
  }
  for (const key of texts[language].keys()) if (!texts[FIRST].has(key)) faults.push(`${language} has ${key}, which ${FIRST} lacks`);
}
for (const [key, text] of texts['zh-TW']) {
  if (!key.includes('language.') && SIMPLIFIED.test(text)) faults.push(`zh-TW ${key}: simplified characters`);
}

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'locales') yield* sources(path);
    } else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path;
  }
}
const known = new Set(texts[FIRST].keys());
const groups = new Set([...known].flatMap((key) => key.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.'))));
for await (const path of sources(SOURCE)) {
  const text = await readFile(path, 'utf8');
  const name = path.slice(SOURCE.length);
  text.split('\n').forEach((line, at) => {
    const code = line.replace(/\/\/.*$|^\s*\/?\*.*$/g, '');
    if (CJK.test(code)) faults.push(`${name}:${at + 1}: Chinese in code`);
  });
  const home = /useTranslation\('(\w+)'\)|TFunction<'(\w+)'>/.exec(text);
  // What the portal knows as its common catalogue is its own.
  const common = name.startsWith('portal/') ? 'portal' : 'common';
  const feature = home?.[1] ?? home?.[2] ?? common;
  const named = (key) => (key.includes(':') ? key.replace(/^common:/, `${common}:`) : `${feature}:${key}`);
  for (const [, key] of text.matchAll(/\bt\('([\w.:-]+)'/g)) {
    const full = named(key);
    if (!known.has(full) && !known.has(`common:${key}`)) faults.push(`${name}: no text for ${full}`);
  }
  for (const [, key] of text.matchAll(/\bt\(`([\w.:-]+)\.\$\{/g)) {
    const full = named(key);
    if (!groups.has(full) && !groups.has(`common:${key}`)) faults.push(`${name}: no texts below ${full}`);
  }
}

// Codes of the API that are shown by their words.
const { components } = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'));
const OF_SCHEMA = {
  Kind: 'common:kind', Status: 'common:status', Role: 'common:role', Priority: 'common:priority', Severity: 'common:severity', Awaiting: 'common:awaiting',
  Clock: 'case:clock', Expiry: 'case:expiry', Owner: 'case:owner', Party: 'case:party', PassedFor: 'case:passed_for', Nature: 'case:nature', Grade: 'case:grade',
  Verdict: 'case:verdict', Outcome: 'case:outcome', PromiseState: 'case:promise_state', MoneyState: 'case:money_state', RulingWord: 'case:ruling', Fault: 'case:fault', Payer: 'case:return_freight',
};
for (const [schema, group] of Object.entries(OF_SCHEMA)) {
  for (const code of components.schemas[schema].enum) if (!known.has(`${group}.${code}`)) faults.push(`no text for ${schema} ${code} (${group}.${code})`);
}

const OF_PORTAL = {
  Kind: ['portal:kind', 'portal_apply:kind_hint'], Status: ['portal:status'], OrderPhase: ['portal:phase'], Clock: ['portal_case:clock'], Expiry: ['portal_case:expiry', 'portal_case:expired'],
  Owner: ['portal_case:owner'], Outcome: ['portal_case:outcome'], RulingWord: ['portal_case:ruling'], EvidenceKind: ['portal_case:evidence_kind'], Payer: ['portal:rights.freight', 'portal_case:freight'], Proof: ['portal:rights.proof'],
};
for (const [schema, within] of Object.entries(OF_PORTAL)) {
  for (const code of components.schemas[schema].enum) for (const group of within) if (!known.has(`${group}.${code}`)) faults.push(`no text for ${schema} ${code} (${group}.${code})`);
}

for (const fault of faults) console.error(fault);
console.log(`${languages.join(', ')}: ${texts[FIRST].size} texts each, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
