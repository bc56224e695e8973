import { openPage, signIn, startBrowser } from '../harness/browser.mjs';
import { writeFileSync } from 'node:fs';
const url = process.argv[2];
const browser = await startBrowser();
const { page, context } = await openPage({ url, browser }, {});
const session = await context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const M = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
await signIn(page, url);
await page.locator('.grid-row').first().waitFor();
const grid = page.locator('.grid');
for (let rows = 0; rows < 1000; ) {
  await grid.evaluate((e) => (e.scrollTop = e.scrollHeight));
  await page.waitForTimeout(150);
  rows = await grid.evaluate((e) => Math.round(e.scrollHeight / 38));
}
await grid.evaluate((e) => (e.scrollTop = 0));
await page.waitForTimeout(1000);
const jump = () => grid.evaluate(async (element, [jumps, loaded]) => {
  const frame = () => new Promise((r) => requestAnimationFrame(r));
  for (let j = 0; j < jumps; j += 1) { element.scrollTop = ((j * 389) % loaded) * 38; await frame(); await frame(); }
}, [60, 1000]);
for (let r = 0; r < 7; r++) {
  const a = await M(); await jump(); const b = await M();
  console.log(['TaskDuration','ScriptDuration','RecalcStyleDuration','LayoutDuration'].map((n) => `${n} ${((b[n]-a[n])*1000).toFixed(0)}`).join('  '));
  await page.waitForTimeout(300);
}
if (process.argv[3]) {
  await browser.startTracing(page, { categories: ['devtools.timeline','disabled-by-default-devtools.timeline','cc','blink','toplevel'] , screenshots:false});
  await jump();
  const buf = await browser.stopTracing();
  writeFileSync(process.argv[3], buf);
}
await browser.close();
