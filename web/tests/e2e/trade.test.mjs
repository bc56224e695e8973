// An order that is not paid, in the desk: its letter goes, the payment that comes is recorded and counted, the
// goods leave, and the parcel's note is there to print.
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, startDesk } from '../harness/browser.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

describe('an order that is not paid', () => {
  it('is followed from its letter to its parcel', async () => {
    const number = `E2E-T-${process.pid}`;
    const { orders } = await agent('POST', '/orders', {
      number,
      buyer: { nickname: '测试买家', phone: '13800138000' },
      lines: [{ sku: 'DRESS-S', title: '碎花连衣裙 S 码', category: 'clothing', units: 1, price: { minor: 19950, currency: 'CNY' } }],
      placed_at: new Date(Date.now() - 3_600_000).toISOString(),
    });
    // Another was paid long ago, and has not left.
    await agent('POST', '/orders', {
      number: `${number}-OLD`,
      buyer: { nickname: '测试买家', phone: '13800138000' },
      lines: [{ sku: 'DRESS-S', title: '碎花连衣裙 S 码', category: 'clothing', units: 1, price: { minor: 19950, currency: 'CNY' } }],
      paid_at: new Date(Date.now() - 400 * 24 * 3_600_000).toISOString(),
    });
    const { cases } = await agent('GET', '/cases?kind=unpaid_order');
    const { id } = cases.find(({ order }) => order === orders[0]);
    await asSignedIn(desk, 'zhu-guan', `/cases/${id}`, async (page) => {
      const section = page.locator('.section', { hasText: '付款与发货' });
      await section.getByText('还差 ¥199.50').waitFor();
      await section.getByText('成交信还没发').waitFor();
      const form = page.locator('.action-form');
      await page.goto(`${page.url().split('?')[0]}?do=send_order_letter`);
      await form.getByRole('button', { name: '发出' }).click();
      await section.getByText(/发了成交信/).waitFor();

      await page.goto(`${page.url().split('?')[0]}?do=record_payment`);
      await choose(page, '怎么付的', '支付宝');
      await page.getByLabel(/流水号/).fill(`E2E-${process.pid}`);
      await form.getByRole('button', { name: '登记' }).click();
      await section.getByText('已收 ¥199.50').first().waitFor();

      await page.goto(`${page.url().split('?')[0]}?do=dispatch_order`);
      await page.getByLabel('快递公司').fill('顺丰');
      await page.getByLabel('运单号').fill('SF1234567890');
      await form.getByRole('button', { name: '确认发货' }).click();
      await section.getByText(/已发货 顺丰 SF1234567890/).waitFor();
      if (process.env.AMENDS_SHOTS) await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/trade-case.png`, fullPage: true });

      await section.getByRole('link', { name: '打印包裹小条' }).click();
      await page.getByText('请先验货，再签收').waitFor();
      await page.getByText(`订单 ${number}`).waitFor();
      if (process.env.AMENDS_SHOTS) await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/trade-note.png`, fullPage: true });

      await page.goto(new URL('/board', page.url()).href);
      const log = page.getByRole('region', { name: '收款日志' });
      await log.getByText(`支付宝 · E2E-${process.pid}`).waitFor();
      const unsent = page.getByRole('region', { name: '已付款待发货' });
      await unsent.getByText(/已超时，先发这些/).waitFor();
      await unsent.getByText(`${number}-OLD`).waitFor();
      if (process.env.AMENDS_SHOTS) {
        await log.scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/trade-board.png`, fullPage: true });
        await page.setViewportSize({ width: 390, height: 844 });
        await page.goto(new URL(`/cases/${id}`, page.url()).href);
        await section.getByText(/已发货/).waitFor();
        await page.screenshot({ path: `${process.env.AMENDS_SHOTS}/trade-390.png`, fullPage: true });
      }
    });
  });
});
