// No text of the desk is cut off: every screen in three widths and three languages. Where a line of any length
// must fit a column it ends in an ellipsis on purpose (`.ellipsis`, and the queue's `.elastic` with the whole in its title); nothing else may.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { openPage, signedIn, startDesk } from '../harness/browser.mjs';

let desk;
let session;
let screens;
before(async () => {
  desk = await startDesk();
  const agent = await asPerson(desk.service.url, 'zhu-guan');
  const { cases } = await agent('GET', '/cases?status=awaiting_choice&open=true');
  const { cases: returning } = await agent('GET', '/cases?status=return_on_the_way&open=true');
  const { orders } = await agent('GET', '/orders?number=DEMO-0028');
  session = await signedIn(desk, 'dian-zhu');
  screens = {
    queue: ['/queue', '.grid-row'],
    case: [`/cases/${cases[0].id}`, '.timeline article'],
    'a form': [`/cases/${returning[0].id}?do=inspect`, '.action-form'],
    'a finding': [`/cases/${cases[0].id}?do=find`, '.action-form'],
    order: [`/orders/${cases[0].order}?do=open`, '.open-form'],
    board: ['/board', '.bars li'],
    'follow-ups': ['/follow-ups', '.followup'],
    'planned visits': ['/follow-ups?part=visits', '.followup'],
    note: [`/orders/${orders[0].id}/note`, '.parcel-note'],
    'the buyer book': [`/buyers/${orders[0].buyer}`, '.buyer form'],
    reviews: ['/reviews', '.reviews nav button'],
    'care mails': ['/care', '.mails nav button'],
    'a care mail': ['/care?mail=new', '.mails form'],
    segments: ['/care?part=segments', '.mails form'],
    plans: ['/plans', '.mails form'],
    guides: ['/plans?part=guides&sku=COOKER', '.mails form'],
    'what plans cost': ['/plans?part=figures', '.table'],
    mails: ['/mails', '.empty'],
    policy: ['/policy', '.clause'],
    reasons: ['/policy?part=tree', '.reason-tree li'],
    'the shop': ['/settings', '.form'],
    people: ['/settings?section=people', '.table'],
    tokens: ['/settings?section=tokens', '.form'],
    keys: ['/settings?section=keys', '.help'],
    audit: ['/settings?section=audit', '.table'],
  };
});
after(() => desk.stop());

/** Texts that go beyond what hides them, and beyond the page where nothing scrolls there. */
const clipped = (page) =>
  page.evaluate(() => {
    const meant = (element) => element.closest('.ellipsis, .elastic, .ant-select, .visually-hidden, .ant-segmented-thumb');
    const faults = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.textContent.trim() || !parent.checkVisibility({ checkVisibilityCSS: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.width === 0) continue;
      let scrolls = false;
      for (let box = parent; box && !scrolls; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box);
        const { left, right, top, bottom } = box.getBoundingClientRect();
        scrolls = /auto|scroll/.test(overflowX) || /auto|scroll/.test(overflowY);
        const isWide = /hidden|clip/.test(overflowX) && (text.right > right + 1 || text.left < left - 1);
        const isHigh = /hidden|clip/.test(overflowY) && (text.bottom > bottom + 2 || text.top < top - 2);
        if (!scrolls && !meant(parent) && (isWide || isHigh)) {
          faults.push(`${isWide ? 'wide' : 'high'}: ${node.textContent.trim().slice(0, 40)} in ${box.className || box.tagName}`);
          break;
        }
      }
      // Of what is cut on purpose, its box has to be on the page.
      const shown = meant(parent)?.getBoundingClientRect() ?? text;
      if (!scrolls && shown.right > innerWidth + 1) faults.push(`beyond the page: ${node.textContent.trim().slice(0, 40)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    return [...new Set(faults)];
  });

const WIDTHS = [1440, 1280, 390];

describe('at every width', () => {
  for (const language of ['zh-CN', 'zh-TW', 'en']) {
    it(`nothing is cut off in ${language}`, async () => {
      const { page, context } = await openPage(desk, { language, state: session });
      const found = {};
      for (const [name, [path, sign]] of Object.entries(screens)) {
        await page.goto(desk.url + path);
        // Each page is loaded once, and made as wide as each of them.
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
          await page.locator(sign).first().waitFor({ state: 'attached' });
          await page.waitForTimeout(150);
          const faults = await clipped(page);
          if (faults.length > 0) found[`${name} at ${width}`] = faults;
        }
      }
      assert.deepEqual(found, {});
      await context.close();
    });
  }
});
