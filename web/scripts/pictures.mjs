// Draws the demo's pictures: every SVG beside them as a JPEG of the same name.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { startBrowser } from '../tests/harness/browser.mjs';

const folder = new URL('../../crates/amends-sim/pictures/', import.meta.url);
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
for (const name of (await readdir(folder)).filter((name) => name.endsWith('.svg'))) {
  await page.setContent(`<body style="margin:0">${await readFile(new URL(name, folder), 'utf8')}`);
  await writeFile(new URL(name.replace('.svg', '.jpg'), folder), await page.screenshot({ type: 'jpeg', quality: 70 }));
}
await browser.close();
