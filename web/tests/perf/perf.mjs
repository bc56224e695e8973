// Figures, not judgements: reports and never fails a build. Ten thousand open cases, a queue that scrolls,
// idles and opens one.
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, startDesk } from '../harness/browser.mjs';

const CASES = Number(process.env.PERF_CASES ?? 10_000);
const JUMPS = 60;
const LOADED = 1_000;
const OPENINGS = 15;
const AT_ONCE = 24;

const desk = await startDesk();
const agent = await asPerson(desk.service.url, 'xiao-man');
await grow(CASES);

/** Complaints need no order, so they are the quickest to open. */
async function grow(wanted) {
  const { open } = await agent('GET', '/cases/counts');
  let left = Math.max(0, wanted - open);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await agent('POST', '/cases', { kind: 'complaint', reason: 'late', channel: 'phone', text: '快递太慢。' });
      }
    }),
  );
  report('cases opened', `${wanted - open}`, `in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

function report(what, value, bar = '') {
  console.log(`${what.padEnd(44)} ${String(value).padStart(10)}  ${bar}`);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const { page, context } = await openPage(desk, {});
const session = await context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const cpuMs = async () => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};
await page.addInitScript(() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
});
await signIn(page, desk.url);
await page.locator('.grid-row').first().waitFor();

// Load the rows first: what is measured is scrolling, not fetching.
const grid = page.locator('.grid');
for (let rows = 0; rows < LOADED; ) {
  await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await page.waitForTimeout(150);
  rows = await grid.evaluate((element) => Math.round(element.scrollHeight / 38));
}
await grid.evaluate((element) => (element.scrollTop = 0));
await page.waitForTimeout(1_000);
let before = await cpuMs();
for (let jump = 0; jump < JUMPS; jump += 1) {
  await grid.evaluate((element, top) => (element.scrollTop = top), ((jump * 389) % LOADED) * 38);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
report(`${JUMPS} jumps through ${LOADED} rows, main thread`, `${(await cpuMs() - before).toFixed(0)} ms`, 'bar 600 ms');

await page.waitForTimeout(2_000);
before = await cpuMs();
await page.waitForTimeout(10_000);
report('idle, all countdowns ticking, per second', `${((await cpuMs() - before) / 10).toFixed(1)} ms`, 'bar 30 ms');

report('layout shift', (await page.evaluate(() => window.shift)).toFixed(4), 'bar 0.02');

await session.send('HeapProfiler.collectGarbage');
const { metrics } = await session.send('Performance.getMetrics');
report('script heap after collection', `${(metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6).toFixed(1)} MB`);

// From the click to the frame that shows the case's timeline.
const times = [];
for (let opening = 0; opening < OPENINGS; opening += 1) {
  await page.goto(`${desk.url}/queue`);
  const row = page.locator('.grid-row').nth(3 + opening);
  await row.waitFor();
  await page.waitForTimeout(1_200);
  await row.hover();
  // As long as a hand takes between pointing and pressing.
  await page.waitForTimeout(150);
  times.push(
    await row.evaluate(
      (element) =>
        new Promise((resolve) => {
          const clicked = performance.now();
          const look = () => {
            if (document.querySelector('.timeline article')) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
            else requestAnimationFrame(look);
          };
          element.click();
          look();
        }),
    ),
  );
}
report(`click to painted case, median of ${OPENINGS}`, `${median(times).toFixed(0)} ms`, `bar 150 ms; slowest ${Math.max(...times).toFixed(0)} ms`);

await context.close();
await desk.stop();
