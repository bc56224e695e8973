// The portal on a phone, in its three languages: axe over every screen with each form open, targets wide
// enough for a thumb, and no text cut off.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grave } from '../harness/axe.mjs';
import { asPerson } from '../harness/service.mjs';
import { openPage, startDesk } from '../harness/browser.mjs';
import { caseOpened, decided, offered, orderMade } from '../harness/stories.mjs';

const TARGET_PX = 44;
const LANGUAGES = ['zh-CN', 'zh-TW', 'en'];
let desk;
const at = {};
before(async () => {
  desk = await startDesk();
  const agent = await asPerson(desk.service.url, 'zhu-guan');
  at.order = await orderMade(desk.service.url, agent, { units: 2 });
  const opened = (reason) => caseOpened(desk.service.url, agent, { reason });
  at.applied = await opened('quality');
  await agent('POST', `/cases/${at.applied.case}/ask-evidence`, { kinds: ['photo', 'video'] });
  at.choice = await opened('quality');
  await offered(agent, at.choice.case);
  at.returning = await opened('quality');
  await decided(agent, at.returning.case, 'approve');
  at.refused = await opened('regret');
  await decided(agent, at.refused.case, 'refuse', { reason: 'past_window', text: '过了时限。' });
  const { cases } = await agent('GET', '/cases?limit=200');
  for (const status of ['replacement_on_the_way', 'on_trial', 'closed']) {
    const found = cases.find((one) => one.status === status && one.order);
    const { token } = await agent('POST', `/orders/${found.order}/buyer-link`, {});
    at[status] = { case: found.id, token };
  }
});
after(() => desk.stop());

/** What a thumb would miss: targets of less than 44 px; a label is as good a target as its input, and links within a text are spared. */
const small = (page) =>
  page.evaluate((least) => {
    const target = (element) => (/^(radio|checkbox)$/.test(element.type) ? element.closest('label') : element);
    return [...document.querySelectorAll('button, a, input:not([hidden]), select, textarea, summary')]
      .map(target)
      .filter((element) => element.checkVisibility() && !element.closest('p'))
      .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < least || height < least)
      .map(([html, { width, height }]) => `${html} ${Math.round(width)}×${Math.round(height)}`);
  }, TARGET_PX);

/** What does not fit where it stands. */
const clipped = (page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main *:not(textarea):not(svg):not(svg *)')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).display !== 'inline')
      .map((element) => element.outerHTML.slice(0, 90)),
  );

/** Names of texts that were not there to be shown; file names aside. */
const unworded = async (page) => ((await page.locator('main').innerText()).match(/\b[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*\b/g) ?? []).filter((found) => !/\.(png|jpg|mp4)$/.test(found));

const opened = (name, action) => [() => at[name].token, () => `#/cases/${at[name].case}${action ? `/${action}` : ''}`];
const SCREENS = {
  enter: [() => '', () => '#/enter'],
  order: [() => at.order.token, () => '#/', (page) => page.locator('.rights summary').first().click()],
  apply: [() => at.order.token, () => '#/apply', async (page) => {
    for (const value of ['return_and_refund', 'quality', 'flawed']) await page.locator(`input[value=${value}]`).check();
    await page.locator('input[type=file]').setInputFiles([{ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }]);
    await page.locator('.file[data-state=failed]').waitFor();
  }],
  'apply, something missing': [() => at.order.token, () => '#/apply', (page) => page.locator('button[type=submit]').click()],
  'a case that asks for evidence': opened('applied'),
  'a case passed up': opened('applied', 'pass_up'),
  'an offer, one about to be taken, declining': [...opened('choice'), async (page) => {
    await page.locator('.option .button').first().click();
    await page.locator('.offer summary').click();
  }],
  'a return': opened('returning'),
  'a pick-up': opened('returning', 'book_pickup'),
  'a refusal': opened('refused', 'intervention'),
  'a new one on its way': opened('replacement_on_the_way'),
  'a trial': opened('on_trial'),
  'a closed case': opened('closed'),
  'an address that leads nowhere': [() => at.order.token, () => '#/none'],
  'a case that is not there': [() => at.order.token, () => '#/cases/case_00000000000070008000000000000000'],
};

for (const language of LANGUAGES) {
  describe(`the portal in ${language}`, () => {
    for (const [name, [token, hash, prepare]] of Object.entries(SCREENS)) {
      it(name, async () => {
        const { page, context, faults } = await openPage(desk, { width: 390, height: 844, language, expected: [/status of 4\d\d/] });
        await page.goto(`${desk.url}/portal${token() ? `#link=${token()}` : ''}`);
        await page.locator('main h1').first().waitFor();
        await page.goto(`${desk.url}/portal${hash()}`);
        await page.locator('main h1, main .trouble').first().waitFor();
        await page.locator('.waiting').waitFor({ state: 'detached' });
        await prepare?.(page);
        assert.deepEqual({ grave: await grave(page), small: await small(page), clipped: await clipped(page), unworded: await unworded(page), faults }, { grave: [], small: [], clipped: [], unworded: [], faults: [] });
        await context.close();
      });
    }
  });
}
