// Figures, not judgements: reports and never fails a build. Ten thousand open cases, a queue that scrolls,
// idles and opens one.
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, startDesk } from '../harness/browser.mjs';

const CASES = Number(process.env.PERF_CASES ?? 10_000);
const JUMPS = 60;
const ROUNDS = 5;
const LOADED = 1_000;
const OPENINGS = 15;
const AT_ONCE = 24;
const ORDERS_AT_ONCE = 200;

const desk = await startDesk();
const agent = await asPerson(desk.service.url, 'xiao-man');
await grow(CASES);

/** A complaint names no lines, so it is the quickest case to open; each on an order of its own. */
async function grow(wanted) {
  const { open } = await agent('GET', '/cases/counts');
  const missing = Math.max(0, wanted - open);
  const began = performance.now();
  const orders = [];
  for (let from = 0; from < missing; from += ORDERS_AT_ONCE) {
    const drafts = Array.from({ length: Math.min(ORDERS_AT_ONCE, missing - from) }, (_, at) => draft(from + at));
    orders.push(...(await agent('POST', '/orders', drafts)).orders);
  }
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let order = orders.pop(); order; order = orders.pop()) {
        await agent('POST', '/cases', { order, kind: 'complaint', reason: 'late', channel: 'phone', text: '快递太慢。' });
      }
    }),
  );
  report('cases opened', missing, `in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

function draft(number) {
  const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
  return {
    number: `PERF-${number}`,
    buyer: { nickname: `买家${number}` },
    lines: [{ sku: 'KETTLE', title: '电热水壶 1.7 升', category: 'appliance', units: 1, price: { minor: 18999, currency: 'CNY' } }],
    paid_at: ago(4),
    dispatched_at: ago(3),
    delivered_at: ago(1),
  };
}

function report(what, value, bar = '') {
  console.log(`${what.padEnd(44)} ${String(value).padStart(10)}  ${bar}`);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const { page, context } = await openPage(desk, {});
const session = await context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const metricsNow = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
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
const PARTS = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];
const rounds = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const parts = await metricsNow();
  // The page jumps by itself: told from outside, each jump's two messages alone took 3 ms of the thread.
  await grid.evaluate(
    async (element, [jumps, loaded]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let jump = 0; jump < jumps; jump += 1) {
        element.scrollTop = ((jump * 389) % loaded) * 38;
        await frame();
        await frame();
      }
    },
    [JUMPS, LOADED],
  );
  const after = await metricsNow();
  const spent = (name) => (after[name] - parts[name]) * 1000;
  rounds.push({ whole: spent('TaskDuration'), parts: PARTS.map(spent) });
  await page.waitForTimeout(500);
}
const wholes = rounds.map(({ whole }) => whole);
report(`${JUMPS} jumps through ${LOADED} rows, main thread, median of ${ROUNDS}`, `${median(wholes).toFixed(0)} ms`, `bar 600 ms; rounds ${wholes.map((ms) => ms.toFixed(0)).join(' ')}`);
for (const [at, part] of PARTS.entries()) report(`  of it ${part}`, `${median(rounds.map(({ parts }) => parts[at])).toFixed(0)} ms`);

await page.waitForTimeout(2_000);
const before = await cpuMs();
await page.waitForTimeout(10_000);
report('idle, all countdowns ticking, per second', `${((await cpuMs() - before) / 10).toFixed(1)} ms`, 'bar 30 ms');

report('layout shift', (await page.evaluate(() => window.shift)).toFixed(4), 'bar 0.02');

await session.send('HeapProfiler.collectGarbage');
const { metrics } = await session.send('Performance.getMetrics');
report('script heap after collection', `${(metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6).toFixed(1)} MB`);

// From the click to the frame that shows the case's timeline.
const times = [];
const whole = [];
for (let opening = 0; opening < OPENINGS; opening += 1) {
  await page.goto(`${desk.url}/queue`);
  const row = page.locator('.grid-row').nth(3 + opening);
  await row.waitFor();
  await page.waitForTimeout(1_200);
  await row.hover();
  // As long as a hand takes between pointing and pressing.
  await page.waitForTimeout(150);
  const [said, all] = await row.evaluate(
    (element) =>
      new Promise((resolve) => {
        const clicked = performance.now();
        let first;
        const look = () => {
          const now = performance.now() - clicked;
          if (first === undefined && document.querySelector('.timeline article')) first = now;
          if (first !== undefined && document.querySelector('.side .section')) resolve([first, now]);
          else requestAnimationFrame(() => setTimeout(look));
        };
        element.click();
        look();
      }),
  );
  times.push(said);
  whole.push(all);
}
report(`click to painted case, median of ${OPENINGS}`, `${median(times).toFixed(0)} ms`, `bar 150 ms; slowest ${Math.max(...times).toFixed(0)} ms`);

report('the same, with its side column', `${median(whole).toFixed(0)} ms`);

await context.close();
await desk.stop();
