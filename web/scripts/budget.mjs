// How many bytes a reader waits for, as brotli: the first route, every further route, the portal.
// Reads the manifest of the build; fails when a budget is exceeded.
import { readFile, stat } from 'node:fs/promises';

const KB = 1024;
const BUDGET = { desk: 280 * KB, portal: 95 * KB, route: 90 * KB, charts: 170 * KB };

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

async function size(file) {
  return (await stat(new URL(`${file}.br`, dist))).size;
}

/** The files a chunk needs before it runs: itself, what it imports, its styles. */
function files(name, seen = new Set()) {
  const chunk = manifest[name];
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) if (!seen.has(manifest[next].file)) files(next, seen);
  return seen;
}

async function total(set) {
  let sum = 0;
  for (const file of set) if (/\.(js|css)$/.test(file)) sum += await size(file);
  return sum;
}

let failed = false;
function report(what, bytes, budget) {
  const over = bytes > budget;
  failed ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} ${(bytes / KB).toFixed(1).padStart(7)} KB of ${budget / KB}  ${what}`);
}

// One language and its kit texts come with the first route; the largest one counts.
const dynamic = Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry);
const isLanguage = (name) => /locales\/|antd\/es\/locale/.test(name);
async function largestLanguage(entry) {
  const sizes = await Promise.all(
    dynamic.filter((name) => name.includes('locales/') && name.endsWith(`${entry}.ts`)).map((name) => total(files(name))),
  );
  return Math.max(0, ...sizes);
}

for (const entry of ['desk', 'portal']) {
  report(`${entry}, first route with one language`, (await total(files(`${entry}.html`))) + (await largestLanguage(entry)), BUDGET[entry]);
}
const first = files('desk.html');
// The other rooms of the desk come with a second chunk of texts, once.
const rooms = await largestLanguage('rooms');
for (const name of dynamic.filter((one) => !isLanguage(one))) {
  const added = new Set([...files(name)].filter((file) => !first.has(file)));
  const texts = name.includes('desk/features/') ? rooms : 0;
  report(`adds ${name}`, (await total(added)) + texts, /chart/i.test(name) ? BUDGET.charts : BUDGET.route);
}
process.exitCode = failed ? 1 : 0;
