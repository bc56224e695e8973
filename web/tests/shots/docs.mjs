// The pictures of the README and the guides, from a demo whose seed and clock stand still.
import { mkdir } from 'node:fs/promises';
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, startDesk } from '../harness/browser.mjs';

const OUT = new URL('../../../docs/pictures/', import.meta.url).pathname;
await mkdir(OUT, { recursive: true });
const desk = await startDesk({ clock: 'manual' });
const staff = await asPerson(desk.service.url, 'zhu-guan');
const { orders } = await staff('GET', '/search?q=DEMO-0018');
const order = orders[0].id;
const { cases } = await staff('GET', `/cases?order=${order}`);
const { token } = await staff('POST', `/orders/${order}/buyer-link`, {});

const { page, context } = await openPage(desk, { width: 1440, height: 900 });
await signIn(page, desk.url, 'zhu-guan');
for (const [name, path, sign] of [
  ['queue', '/queue', '.grid-row'],
  ['case', `/cases/${cases[0].id}`, '.gallery img'],
  ['board', '/board', '.bars li'],
]) {
  await page.goto(desk.url + path);
  await page.locator(sign).first().waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: `${OUT}${name}.png` });
}
await context.close();

const phone = await openPage(desk, { width: 390, height: 844 });
await phone.page.goto(`${desk.url}/portal#link=${token}`);
await phone.page.locator('.case-row').click();
await phone.page.locator('main h1').waitFor();
await phone.page.waitForTimeout(500);
await phone.page.screenshot({ path: `${OUT}portal.png` });
await phone.context.close();
await desk.stop();
