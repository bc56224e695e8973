// A bad review in the desk: its buyer is called, what it is about is said, it stays, and it is answered in
// public in words that blame nobody.
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, startDesk } from '../harness/browser.mjs';
import { orderMade } from '../harness/stories.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

describe('a bad review', () => {
  it('is seen to in its case and answered in public', async () => {
    const { order } = await orderMade(desk.service.url, agent);
    const words = '收到就碎了，包装太薄';
    await agent('POST', '/reviews', { id: `E2E-${order.number}`, order_number: order.number, stars: 1, text: words, at: new Date().toISOString() });
    await asSignedIn(desk, 'xiao-man', '/reviews', async (page) => {
      await page.getByRole('button', { name: new RegExp(words) }).click();
      await page.getByRole('link', { name: '去处理' }).click();
      const section = page.locator('.section', { hasText: '买家的评价' });
      await section.getByText('还没联系上买家').waitFor();

      await page.goto(`${page.url().split('?')[0]}?do=log_contact`);
      await page.getByText('联系上了吗').waitFor();
      await page.locator('.action-form').getByText('是', { exact: true }).click();
      await page.locator('.action-form textarea').fill('致歉，答应补寄并加厚包装。');
      await page.getByRole('button', { name: '记下', exact: true }).click();
      await section.getByText(/已联系上/).waitFor();

      await section.getByRole('button', { name: '登记结果' }).click();
      await choose(page, '结果', '买家不修改');
      await page.locator('.action-form').getByRole('button', { name: '登记' }).click();
      await section.getByText(/买家不修改/).waitFor();

      await section.getByRole('button', { name: /写评价解释/ }).click();
      await page.getByRole('menuitem', { name: '不用模板，自己写' }).click();
      const form = page.locator('.action-form');
      await form.locator('textarea').fill('是您自己的问题，别人都没碎。');
      await form.getByRole('button', { name: '写好了' }).click();
      await form.getByText('这段话不适合公开').waitFor();
      await form.locator('textarea').fill('包装没有护好，让您失望了，非常抱歉；已经补寄，缓冲也加厚了。');
      await form.getByRole('button', { name: '写好了' }).click();
      await section.getByRole('button', { name: '复制去平台发布' }).waitFor();
      await section.getByRole('button', { name: '已发布' }).click();
      await page.locator('.action-form').getByRole('button', { name: '确认已发布' }).click();
      await section.getByText(/解释已发布/).waitFor();
    }, { expected: [/status of 422/] });
  });
});
