// A broken screen under accident cover: a plan is written, a cover given, claimed on, ordered from one provider and
// settled; somebody comes to the buyer's door; and the buyer sees what he is covered by and when.
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, startDesk, withPage } from '../harness/browser.mjs';
import { decided, orderMade } from '../harness/stories.mjs';

const LEAD = 'zhu-guan';
const DAY = 86_400_000;
const DAYS_LOOKED_AT = 12;
let desk;
let agent;
let lead;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
  lead = await asPerson(desk.service.url, LEAD);
});
after(() => desk.stop());

const PHONE = [{ sku: 'PHONE-1', title: '智能手机 128G', category: 'electronics', units: 1, price: { minor: 399_900, currency: 'CNY' } }];

/** Books the next morning on which the shop is open. */
async function visited(id) {
  for (let days = 1; days <= DAYS_LOOKED_AT; days += 1) {
    const day = new Date(Date.now() + days * DAY).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });
    try {
      return await decided(agent, id, 'book-visit', { from: `${day}T10:00:00+08:00`, until: `${day}T11:00:00+08:00` });
    } catch (error) {
      if (!/visit_outside_hours/.test(error.message)) throw error;
    }
  }
  throw new Error('the shop never opens');
}

describe('an accident under cover', () => {
  it('goes from a plan to what the insurer settles, and the buyer sees his part', async () => {
    const { order, token, buyer } = await orderMade(desk.service.url, agent, { lines: PHONE });
    await asSignedIn(desk, LEAD, '/plans', async (page) => {
      await page.getByRole('button', { name: '新方案' }).click();
      const form = page.getByRole('form', { name: '保障方案' });
      await choose(page, '保什么', '意外保');
      await form.getByLabel('方案名称').fill('碎屏险');
      await form.getByLabel('维修商或服务商').fill('快修');
      await form.getByLabel('承保的保险公司').fill('平安');
      await form.getByLabel('每次最多赔').fill('800');
      await form.getByLabel('月数').fill('12');
      await form.getByLabel('保费（元）').fill('99');
      await form.getByRole('button', { name: '保存' }).click();
      await page.getByRole('navigation', { name: '方案' }).getByText('碎屏险').waitFor();

      await page.goto(`${desk.url}/orders/${order.id}`);
      const covers = page.getByRole('region', { name: '随单保障' });
      await covers.getByRole('button', { name: '加一份保障' }).click();
      await choose(page, '哪个方案', '碎屏险');
      await choose(page, '保多久', '12 个月');
      await covers.getByText('赠送，不收保费').click();
      await covers.getByRole('button', { name: '赠送', exact: true }).click();
      await covers.getByText('可用', { exact: true }).waitFor();

      const opened = await buyer('POST', '/buyer/cases', { kind: 'repair', reason: 'quality', lines: [{ line: order.lines[0].id, units: 1 }], text: '屏幕摔碎了。' });
      await page.goto(`${desk.url}/cases/${opened.case}`);
      const section = page.locator('.section', { hasText: '保障与上门' });
      await section.getByRole('button', { name: '申请理赔' }).click();
      const action = page.locator('.action-form');
      await choose(page, '用哪份保障', '碎屏险');
      await choose(page, '为什么理赔', '意外损坏');
      await action.getByLabel('最多要赔多少').fill('900');
      await action.locator('textarea').fill('手滑摔碎屏幕。');
      await action.getByRole('button', { name: '提交理赔' }).click();
      await action.getByText('超过保障的赔付额度').waitFor();
      await action.getByLabel('最多要赔多少').fill('560');
      await action.getByRole('button', { name: '提交理赔' }).click();
      await section.getByText('等保险公司受理').waitFor();

      await section.getByRole('button', { name: '登记派单' }).click();
      await action.getByLabel('维修商').fill('快修');
      await action.getByLabel('维修单号').fill('WX-7');
      await action.getByRole('button', { name: '登记', exact: true }).click();
      await section.getByText('维修中').waitFor();
      await section.getByRole('button', { name: '登记修好' }).click();
      await action.getByLabel('维修费用').fill('520');
      await action.getByRole('button', { name: '登记', exact: true }).click();
      await section.getByText('修好，等结算').waitFor();
      await decided(lead, opened.case, 'settle-cover', { amount: { minor: 52_000, currency: 'CNY' }, reference: 'JS-7' });
      await section.getByText('已结算', { exact: true }).waitFor();

      await visited(opened.case);
      await section.getByText('已约好').waitFor();

      await page.goto(`${desk.url}/plans?part=figures`);
      await page.getByRole('row', { name: /碎屏险/ }).getByText('520.00').waitFor();
    }, { expected: [/status of 422/] });
    await withPage(desk, { width: 390, height: 844 }, async (page) => {
      await page.goto(`${desk.url}/portal#link=${token}`);
      await page.getByText('碎屏险').waitFor();
      await page.getByRole('link', { name: /维修/ }).first().click();
      await page.getByText('上门时间').waitFor();
      await page.getByText('已办完').waitFor();
    });
  });
});
