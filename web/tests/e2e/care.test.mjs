// The buyer book and care mail: what an agent knows of a buyer, a segment, a mail that a manager confirms, and
// the way out that the buyer takes; and calls to those who never complained.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grave } from '../harness/axe.mjs';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, openPage, startDesk } from '../harness/browser.mjs';
import { caseOpened } from '../harness/stories.mjs';

let desk;
let owner;
let agent;
before(async () => {
  desk = await startDesk();
  owner = await asPerson(desk.service.url, 'dian-zhu');
  agent = await asPerson(desk.service.url, 'xiao-man');
  const { settings } = await owner('GET', '/shop');
  await owner('PUT', '/shop/settings', { ...settings, tiers: [{ code: 'vip', title: 'VIP 会员', discount_percent: 20, gives: '新品八折' }], notices: { ...settings.notices, page_address: 'https://care.shop.example' } });
});
after(() => desk.stop());

describe('care', () => {
  it('keeps what is known of a buyer, and lets nobody write over it', async () => {
    const opened = await caseOpened(desk.service.url, agent);
    const { buyer } = await agent('GET', `/cases/${opened.case}`);
    await asSignedIn(desk, 'xiao-man', `/cases/${opened.case}`, async (page) => {
      await page.locator('.section').getByRole('link', { name: /测试买家/ }).click();
      await page.waitForURL(`**/buyers/${buyer}`);
      await page.getByLabel('备注').fill('说话温和，先看实拍图。');
      await choose(page, '会员等级', 'VIP 会员');
      await page.getByRole('button', { name: '保存' }).click();
      await page.locator('.page-head').getByText('VIP 会员').waitFor();
      await page.getByText('小满改于').waitFor();
      await page.getByLabel('职业').fill('老师');
      // A colleague was faster.
      await agent('PUT', `/buyers/${buyer}/book`, { content: { notes: '同事写的' } }, { 'If-Match': '"1"' });
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('alert').getByText('刚刚有人改过').waitFor();
      await page.getByRole('button', { name: '重试' }).click();
      await page.getByText('同事写的').waitFor();
    }, { expected: [/412/] });
  });

  it('calls who never complained, and again by itself', async () => {
    const nickname = `从不抱怨的人${process.pid}`;
    const arrived = new Date(Date.now() - 3_600_000).toISOString();
    const { orders } = await owner('POST', '/orders', { number: `CALL-${process.pid}`, buyer: { nickname, phone: '13800138002' }, lines: [{ sku: 'KETTLE', title: '电热水壶', category: 'electronics', units: 1, price: { minor: 18900, currency: 'CNY' } }], paid_at: '2026-01-01T10:00:00+08:00', dispatched_at: '2026-01-02T10:00:00+08:00', delivered_at: arrived });
    const { buyer } = await agent('GET', `/orders/${orders[0]}`);
    await asSignedIn(desk, 'xiao-man', '/follow-ups', async (page) => {
      await page.locator('.ant-segmented').getByText('计划回访').click();
      await page.getByRole('button', { name: `把 ${nickname} 排到今天` }).click();
      await page.locator('.followups nav').getByRole('button', { name: new RegExp(`${nickname}.*主动回访`) }).click();
      await page.getByRole('heading', { name: `回访 ${nickname}` }).waitFor();
      await page.getByText('说明不是来推销').waitFor();
      await page.locator('.followup').getByText('电热水壶').waitFor();
      await page.keyboard.press('5');
      await page.getByRole('button', { name: '使用情况' }).click();
      await page.getByLabel('买家怎么说').fill('使用情况：每天烧三壶，很好用。');
      assert.deepEqual(await grave(page), []);
      await page.getByRole('button', { name: '登记，下一位' }).click();
      await page.getByRole('heading', { name: `回访 ${nickname}` }).waitFor({ state: 'detached' });
      await page.goto(`${desk.url}/buyers/${buyer}`);
      const panel = page.getByRole('region', { name: '计划回访' });
      await panel.getByText('每天烧三壶').waitFor();
      await panel.getByText('回访 5 分').waitFor();
      await panel.getByLabel('每几天再打').fill('30');
      await panel.getByRole('button', { name: '排上' }).click();
      await panel.getByText('已排好').waitFor();
      await panel.getByText('每 30 天一次').waitFor();
    });
    const { visits } = await agent('GET', `/buyers/${buyer}/visits`);
    assert.deepEqual([visits[0].every_days, visits[1].outcome, visits[1].score], [30, 'reached', 5]);
    // A colleague is faster: whoever comes second is told, and overwrites nothing.
    await asSignedIn(desk, 'xiao-man', `/follow-ups?part=visits&visit=${visits[0].id}`, async (page) => {
      await page.getByRole('heading', { name: `回访 ${nickname}` }).waitFor();
      await owner('POST', `/visits/${visits[0].id}/done`, { outcome: 'reached', score: 4 });
      await page.locator('.followup label', { hasText: '没打通' }).click();
      await page.getByRole('button', { name: '登记，下一位' }).click();
      await page.getByRole('alert').getByText('这次回访已经有人处理过了').waitFor();
    }, { expected: [/409/] });
    const { visits: after } = await agent('GET', `/buyers/${buyer}/visits`);
    assert.deepEqual([after.length, after[1].score, after[0].every_days], [3, 4, 30], 'the next one came by itself');
  });

  it('goes to a segment once a manager confirms it', async () => {
    await asSignedIn(desk, 'zhu-guan', '/care?part=segments&segment=new', async (page) => {
      await page.getByLabel('叫什么').fill('买过的人');
      await page.getByLabel('至少买过几单').fill('1');
      await page.getByText('位符合条件').waitFor();
      await page.getByRole('button', { name: '保存' }).click();
      await page.locator('.mails nav').getByText('买过的人').waitFor();
      assert.deepEqual(await grave(page), []);
      await page.goto(`${desk.url}/care?mail=new`);
      await choose(page, '发给谁', '买过的人');
      await page.getByLabel('主题').fill('入冬提醒');
      await page.getByLabel('正文').fill('羊毛衫平铺晾干，别挂着晒。');
      await page.getByRole('button', { name: '保存并预览' }).click();
      await page.getByText('买家看到的样子').waitFor();
      await page.getByText('不想再收到，点开下面的页面就能退订').waitFor();
      await page.getByText('发送要由经理或店主确认。').waitFor();
      assert.deepEqual(await grave(page), []);
    });
    const { mails } = await owner('GET', '/care/mails');
    assert.equal(mails[0].state, 'draft');
    // Nobody of the demo has a mail address: somebody who has is made, so that it has whom to go to.
    await owner('POST', '/orders', { number: `CARE-${process.pid}`, buyer: { nickname: '有邮箱的人', phone: '13800138001', email: 'someone@example.com' }, lines: [{ sku: 'KETTLE', title: '电热水壶', category: 'electronics', units: 1, price: { minor: 18900, currency: 'CNY' } }], paid_at: '2026-01-01T10:00:00+08:00' });
    await asSignedIn(desk, 'jing-li', `/care?mail=${mails[0].id}`, async (page) => {
      await page.getByRole('button', { name: '确认发送' }).click();
      await page.getByText('会发给 1 位买家').waitFor();
      await page.getByRole('button', { name: '确定，发出去' }).click();
      await page.getByText('发送结果').waitFor();
      await page.getByText('封要发').waitFor();
    });
  });

  it('is nothing an agent sends', () =>
    asSignedIn(desk, 'xiao-man', '/care', async (page) => {
      await page.getByText('关怀邮件由主管和店主负责').waitFor();
    }));

  it('opens no way out that was altered', async () => {
    const { page, context } = await openPage(desk, { width: 390, height: 844, expected: [/401/] });
    await page.goto(`${desk.url}/portal#opt-out=v1.shop.care.buyer.x`);
    await page.getByRole('alert').getByText('链接打不开').waitFor();
    assert.equal(new URL(page.url()).hash, '#/opt-out', 'the token stands in no address');
    await context.close();
  });
});
