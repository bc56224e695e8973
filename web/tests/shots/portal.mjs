// Pictures of the portal: a phone and a desk-top screen, each language. Written to tests/out.
import { mkdir } from 'node:fs/promises';
import { openPage, startBrowser, startDesk } from '../harness/browser.mjs';
import { asPerson } from '../harness/service.mjs';
import { orderMade } from '../harness/stories.mjs';

const OUT = new URL('../out/', import.meta.url).pathname;
const only = process.argv[2] ?? '';
await mkdir(OUT, { recursive: true });
const desk = process.env.AMENDS_URL ? await existing(process.env.AMENDS_URL) : await startDesk();

async function existing(url) {
  const browser = await startBrowser();
  return { service: { url }, url, browser, stop: () => browser.close() };
}
const staff = await asPerson(desk.service.url, 'zhu-guan');
const { cases } = await staff('GET', '/cases?limit=200');
const fresh = await orderMade(desk.service.url, staff, { units: 2 });
const SCREENS = [['enter', '', '#/enter'], ['order', fresh.token, '#/'], ['apply', fresh.token, '#/apply'], ['nowhere', fresh.token, '#/none']];
for (const status of ['awaiting_decision', 'awaiting_choice', 'awaiting_return', 'refused', 'replacement_on_the_way', 'on_trial', 'awaiting_refund', 'closed']) {
  const one = cases.find((each) => each.status === status && each.order);
  if (!one) continue;
  const { token } = await staff('POST', `/orders/${one.order}/buyer-link`, {});
  SCREENS.push([`case-${status}`, token, `#/cases/${one.id}`]);
}
const LOOKS = [{ width: 390, language: 'zh-CN' }, { width: 1280, language: 'zh-CN' }, { width: 390, language: 'zh-TW' }, { width: 390, language: 'en' }];
for (const look of LOOKS) {
  for (const [name, token, hash] of SCREENS) {
    if (!name.startsWith(only)) continue;
    const { page, context, faults } = await openPage(desk, { ...look, height: 844 });
    await page.goto(`${desk.url}/portal${token ? `#link=${token}` : ''}`);
    await page.goto(`${desk.url}/portal${hash}`);
    await page.locator('main h1, main .trouble').first().waitFor();
    if (name === 'apply') {
      for (const value of ['return_and_refund', 'quality', 'flawed']) await page.locator(`input[value=${value}]`).check();
    }
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.log(look, name, `is ${wide}px too wide`);
    await page.screenshot({ path: `${OUT}portal-${name}-${look.width}-${look.language}.png`, fullPage: true });
    for (const fault of faults) console.log(look, name, fault);
    await context.close();
  }
}
await desk.stop();
