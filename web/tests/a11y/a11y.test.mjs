// axe over every screen, in both themes, with each popup and dialog open; and what axe does not see: that
// the grid's rows are in the accessibility tree, and that a keyboard alone gets through a case.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grave } from '../harness/axe.mjs';
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, signedIn, startDesk } from '../harness/browser.mjs';
import { caseOpened } from '../harness/stories.mjs';

let desk;
let agent;
let offered;
let order;
let refused;
let known;
let session;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
  const { cases } = await agent('GET', '/cases?status=awaiting_choice&open=true');
  // The story whose buyer showed a picture.
  const shown = cases.find(({ order_number: number }) => number === 'DEMO-0018');
  offered = shown.id;
  order = shown.order;
  const { cases: declined } = await agent('GET', '/cases?status=refused,awaiting_ruling&open=true');
  refused = declined[0].id;
  // Of whom the buyer book knows something.
  const { orders } = await agent('GET', '/orders?number=DEMO-0028');
  known = orders[0].buyer;
  // A supervisor, who may offer.
  session = await signedIn(desk, 'zhu-guan');
});
after(() => desk.stop());

/** Screens that are reached from the queue. */
const ON_QUEUE = {
  queue: async () => {},
  'queue with a filter open': async (page) => page.locator('.filters .ant-select').first().click(),
  'queue with cases selected': async (page) => {
    for (const at of [0, 1]) await page.locator('.grid-row input[type=checkbox]').nth(at).click();
  },
  'queue with a bulk preview': async (page) => {
    for (const at of [0, 1]) await page.locator('.grid-row input[type=checkbox]').nth(at).click();
    await page.getByRole('toolbar').getByRole('button').first().click();
    await page.locator('.bulk-list').first().waitFor();
  },
  'queue with bulk assign': async (page) => {
    await page.locator('.grid-row input[type=checkbox]').first().click();
    await page.keyboard.press('a');
    await page.locator('.bulk-panel').waitFor();
  },
  commands: async (page) => {
    await page.keyboard.press('/');
    await page.locator('#command-list [role=option]').first().waitFor();
  },
  help: async (page) => {
    await page.keyboard.press('?');
    await page.locator('.help').waitFor();
  },
  'account menu': async (page) => page.locator('.topbar .ant-dropdown-trigger').last().click(),
  'queue with more filters': async (page) => {
    await page.getByRole('button', { name: '更多筛选' }).click();
    await page.locator('.filter-day').first().waitFor();
  },
};

/** Screens with addresses of their own. */
const ELSEWHERE = {
  'sign-in': async (page) => page.goto(`${desk.url}/sign-in`).then(() => page.locator('#login').waitFor()),
  case: async (page) => openCase(page),
  'case with every fold open': async (page) => {
    await openCase(page);
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  },
  'case with scripts': async (page) => {
    await openCase(page);
    await page.keyboard.press(';');
    await page.locator('.scripts [role=option]').first().waitFor();
  },
  'case before the platform': async (page) => visit(page, `/cases/${refused}`, '.readiness'),
  'case with a statement': async (page) => visit(page, `/cases/${refused}?do=submit_statement`, '.action-form'),
  'case with a form': async (page) => openCase(page, '?do=find', '.action-form'),
  board: async (page) => visit(page, '/board', '.bars li'),
  'board with a hand-over': async (page) => {
    await visit(page, '/board', '.rows li');
    await page.locator('.rows input[type=checkbox]').first().click();
    await page.keyboard.press('a');
    await page.locator('.bulk-panel').waitFor();
  },
  'board with a hand lent': async (page) => {
    await visit(page, '/board', '.lend');
    await page.locator('.lend .ant-select').first().click();
  },
  order: async (page) => visit(page, `/orders/${order}`, '.order .lines'),
  'order with a case to be opened': async (page) => visit(page, `/orders/${order}?do=open`, '.open-form'),
  'evidence, large': async (page) => {
    await openCase(page);
    await page.locator('.gallery button').first().click();
    await page.locator('dialog[open] .viewer').waitFor();
  },
  'follow-ups with another time': async (page) => {
    await visit(page, '/follow-ups', '.followup');
    await page.getByRole('button', { name: '约个时间再打' }).click();
    await page.locator('.later').waitFor();
  },
  'follow-ups': async (page) => visit(page, '/follow-ups', '.followup'),
  'planned visits': async (page) => visit(page, '/follow-ups?part=visits', '.followup'),
  'a visit that is declined': async (page) => {
    await visit(page, '/follow-ups?part=visits', '.followup');
    await page.locator('.followup .scores').first().locator('label').last().click();
  },
  'the parcel note': async (page) => visit(page, `/orders/${order}/note`, '.parcel-note'),
  'the buyer book': async (page) => visit(page, `/buyers/${known}`, '.buyer form'),
  reviews: async (page) => {
    await visit(page, '/reviews', '.reviews nav button');
    await page.locator('.reviews nav button').first().click();
    await page.locator('.review').waitFor();
  },
  'care mails': async (page) => {
    await visit(page, '/care', '.mails nav button');
    await page.locator('.mails nav button').first().click();
    await page.locator('.care-text').waitFor();
  },
  'a care mail being written': async (page) => visit(page, '/care?mail=new', '.mails form'),
  segments: async (page) => visit(page, '/care?part=segments&segment=new', '.mails form'),
  plans: async (page) => visit(page, '/plans?plan=new', '.mails form'),
  guides: async (page) => visit(page, '/plans?part=guides&sku=new', '.mails form'),
  'what plans cost': async (page) => visit(page, '/plans?part=figures', '.table'),
  mails: async (page) => visit(page, '/mails', '.empty'),
  policy: async (page) => {
    await visit(page, '/policy', '.clause');
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  },
  'policy, reasons': async (page) => visit(page, '/policy?part=tree', '.reason-tree li'),
  'policy, changes': async (page) => visit(page, '/policy?part=changes', '.empty, .panel'),
  'settings of the shop': async (page) => visit(page, '/settings', '.form'),
  'settings of people': async (page) => visit(page, '/settings?section=people', '.table'),
  'settings of tokens': async (page) => visit(page, '/settings?section=tokens', '.form, [role=alert]'),
  'settings, keys': async (page) => visit(page, '/settings?section=keys', '.help'),
  'settings, audit': async (page) => visit(page, '/settings?section=audit', '.table, [role=alert]'),
  'set-up': async (page) => visit(page, '/setup', '.empty'),
  'case with an offer staged': async (page) => {
    await openCase(page, '', '.remedy input');
    await page.keyboard.press('1');
    await page.locator('.offer-form').waitFor();
  },
};

async function visit(page, path, sign) {
  await page.goto(desk.url + path);
  await page.locator(sign).first().waitFor();
}

async function openCase(page, search = '', sign = '.timeline article') {
  await page.goto(`${desk.url}/cases/${offered}${search}`);
  await page.locator(sign).first().waitFor();
  await page.locator('.timeline article').first().waitFor();
}

for (const theme of ['light', 'dark']) {
  // Two pages at a time, as machines have cores: they only look.
  describe(`axe in ${theme}`, { concurrency: 2 }, () => {
    for (const [name, arrive] of Object.entries({ ...ON_QUEUE, ...ELSEWHERE })) {
      it(`finds nothing grave on: ${name}`, async () => {
        const { page, context, faults } = await openPage(desk, { theme, expected: [/403/], ...(name === 'sign-in' ? {} : { state: session }) });
        if (name in ON_QUEUE) await visit(page, '/queue', '.grid-row');
        await arrive(page);
        await page.waitForTimeout(250);
        assert.deepEqual(await grave(page), []);
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  });
}

describe('without a mouse', () => {
  it('every drawn row is a row of the accessibility tree', async () => {
    const { page, context } = await openPage(desk);
    await signIn(page, desk.url);
    await page.locator('.grid-row').first().waitFor();
    const drawn = await page.locator('.grid-row').count();
    const debug = await context.newCDPSession(page);
    const { nodes } = await debug.send('Accessibility.getFullAXTree');
    const rows = nodes.filter(({ role, ignored }) => role?.value === 'row' && !ignored);
    assert.equal(rows.length, drawn + 1);
    await context.close();
  });

  it('a case is opened, answered and settled', async () => {
    const opened = await caseOpened(desk.service.url, agent);
    const { page, context, faults } = await openPage(desk);
    await signIn(page, desk.url, 'xiao-man', '/queue?sort=opened');
    await page.locator('.grid-row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/cases/${opened.case}*`);
    await page.locator('.timeline article').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('您好，马上为您处理。');
    await page.keyboard.press('Control+Enter');
    await page.locator('.said:not([data-pending])').getByText('马上为您处理').waitFor();
    await page.keyboard.press('Escape');
    // The first action comes first in the order of the Tab key within its panel.
    await page.locator('.next button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.action-form').waitFor();
    await page.getByText('将付给买家').waitFor();
    await page.locator('.action-form button[type=submit]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.case-head').getByText('等买家寄回').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});
