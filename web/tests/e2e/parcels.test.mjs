// Parcels on an order's page, as their carriers say; and the rating of its buyer.
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, startDesk } from '../harness/browser.mjs';

let desk;
let owner;
before(async () => {
  desk = await startDesk();
  owner = await asPerson(desk.service.url, 'dian-zhu');
});
after(() => desk.stop());

const DAY_MS = 86_400_000;
const daysAgo = (days) => new Date(Date.now() - days * DAY_MS).toISOString();

const order = async (number, moments) => {
  const { orders } = await owner('POST', '/orders', {
    number,
    buyer: { nickname: `测试买家 ${number}` },
    lines: [{ sku: 'DRESS-S', title: '碎花连衣裙 S 码', category: 'clothing', units: 1, price: { minor: 19950, currency: 'CNY' } }],
    paid_at: daysAgo(12),
    ...moments,
  });
  return orders[0];
};

describe('parcels', () => {
  it('are seen on their order, and a buyer is rated once', async () => {
    const number = `E2E-P-${process.pid}`;
    const id = await order(number, {});
    const seen = (waybill, days, state) => ({ order: number, carrier: '顺丰', waybill, at: daysAgo(days), state });
    await owner('POST', '/tracking', { events: [seen('SF-NEW', 1, 'in_transit'), seen('SF-DONE', 3, 'dispatched'), seen('SF-DONE', 2, 'delivered')] });
    await asSignedIn(desk, 'xiao-man', `/orders/${id}`, async (page) => {
      const parcels = page.getByRole('list', { name: '包裹' });
      await parcels.getByText('SF-NEW').waitFor();
      await parcels.getByText('运输中').waitFor();
      await parcels.getByText('SF-DONE').waitFor();
      await parcels.getByText('已签收').waitFor();
      if (process.env.AMENDS_SHOTS) await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/parcels-order.png`, fullPage: true });
    });
    const done = await order(`${number}-D`, { dispatched_at: daysAgo(10), delivered_at: daysAgo(8) });
    await asSignedIn(desk, 'xiao-man', `/orders/${done}`, async (page) => {
      const rating = page.getByRole('region', { name: '给买家的评价' });
      await rating.getByLabel('写一句评价（可不写）').fill('付款爽快，沟通顺畅，欢迎再来。');
      await rating.getByRole('button', { name: '提交评价' }).click();
      await rating.getByText('付款爽快，沟通顺畅，欢迎再来。').waitFor();
      await page.reload();
      await rating.getByText('好评').waitFor();
      if (process.env.AMENDS_SHOTS) {
        await page.setViewportSize({ width: 390, height: 844 });
        await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/parcels-rated.png`, fullPage: true });
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(new URL('/follow-ups', page.url()).href);
        await page.locator('.followup').waitFor();
        await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/followups.png`, fullPage: true });
      }
    });
  });
});
