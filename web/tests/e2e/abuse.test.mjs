// Abuse, in two windows: the desk points at the buyer's words, a supervisor notes it, the buyer reads why and
// contests it, the manager takes it back; a block ends in the list, and a listing is ticked off.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, openPage, startDesk } from '../harness/browser.mjs';
import { caseOpened, orderMade } from '../harness/stories.mjs';

let desk;
let agent;
const SUPERVISOR = 'zhu-guan';
const MANAGER = 'jing-li';
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

const THREAT = '退款之外再给我 200，不然全网差评';

describe('abuse', () => {
  it('is pointed out, noted by a person, contested by the buyer and settled by somebody higher', async () => {
    const opened = await caseOpened(desk.service.url, agent, { reason: 'regret' });
    await opened.buyer('POST', `/buyer/cases/${opened.case}/messages`, { text: THREAT });
    await asSignedIn(desk, SUPERVISOR, `/cases/${opened.case}`, async (page) => {
      const section = page.getByRole('region', { name: /恶意信号/ });
      await section.getByText('不要付钱换撤诉').waitFor();
      await section.getByRole('button', { name: '认定恶意' }).click();
      await choose(page, /依据的信号/, '以好评、撤诉要钱');
      await page.locator('.action-form h2').click();
      await choose(page, /依据的留言/, '再给我 200，不然全网差评');
      await page.locator('.action-form h2').click();
      await choose(page, /哪些商品页给了可乘之机/, '碎花连衣裙 S 码');
      await page.locator('.action-form h2').click();
      await page.locator('.action-form textarea').fill('您在留言中以差评索要退款之外的 200 元。');
      await page.getByRole('button', { name: '写下认定并告知买家' }).click();
      await section.getByText('已认定').waitFor();
      await page.locator('.timeline').getByText('认定恶意：以好评、撤诉要钱').waitFor();
    });

    const phone = await openPage(desk, { width: 390, height: 844 });
    await phone.page.goto(`${desk.url}/portal#link=${opened.token}`);
    await phone.page.locator('main h1').waitFor();
    await phone.page.goto(`${desk.url}/portal#/cases/${opened.case}`);
    await phone.page.getByText('您在留言中以差评索要退款之外的 200 元。').first().waitFor();
    await phone.page.getByText('法定权利一样不少').waitFor();
    await phone.page.getByRole('link', { name: '我要申诉' }).click();
    await phone.page.getByLabel('事情是怎样的').fill('我说的是来回运费。');
    await phone.page.getByRole('button', { name: '提交申诉' }).click();
    await phone.page.getByText('您的申诉正在复核').waitFor();

    await asSignedIn(desk, MANAGER, `/cases/${opened.case}?do=lift_abuse`, async (page) => {
      await page.locator('.action-form textarea').fill('核对聊天，说的是运费，记录已撤销。');
      await page.locator('.action-form').getByRole('button', { name: '撤销认定' }).click();
      await page.getByRole('region', { name: /恶意信号/ }).getByText('已撤销', { exact: true }).waitFor();
      await page.goto(`${desk.url}/settings?section=checks`);
      const row = page.locator('tr', { hasText: 'DRESS-S' });
      await row.getByRole('textbox').fill('尺码表补全了。');
      await row.getByRole('button', { name: '查完了' }).click();
      await page.getByText('没有要查的商品页').waitFor();
    });
    await phone.page.getByText('店铺的记录已经撤销').waitFor();
    assert.deepEqual(phone.faults, []);
    await phone.context.close();
  });

  it('may lead to a block, which says what stays and ends in the list', async () => {
    const opened = await caseOpened(desk.service.url, agent, { reason: 'regret' });
    await opened.buyer('POST', `/buyer/cases/${opened.case}/messages`, { text: THREAT });
    await asSignedIn(desk, SUPERVISOR, `/cases/${opened.case}`, async (page) => {
      const section = page.getByRole('region', { name: /恶意信号/ });
      await section.getByRole('button', { name: '加入黑名单' }).click();
      await section.getByLabel('原因').fill('三次以差评索要钱款');
      await section.locator('.block-form').getByRole('button', { name: '加入黑名单' }).click();
      await section.getByText('申请照常受理，权利不变').waitFor();
      await page.goto(`${desk.url}/settings?section=blocks`);
      await page.getByText('按条款 ABU-BLOCK，最长 180 天。').waitFor();
      await page.getByRole('button', { name: '解除' }).click();
      await page.getByLabel('解除原因').fill('买家说明了情况');
      await page.getByRole('button', { name: '解除' }).click();
      await page.getByText('黑名单是空的').waitFor();
      await page.getByLabel('也看已经到期或解除的').check();
      await page.getByText('解除原因：买家说明了情况').waitFor();
    });
  });

  it('is not seen where a buyer uses a right of his', async () => {
    const { order, buyer } = await orderMade(desk.service.url, agent);
    const lines = [{ line: order.lines[0].id, units: 1 }];
    const opened = await buyer('POST', '/buyer/cases', { kind: 'refund_only', reason: 'quality', lines, text: '质量太差，我要给差评，再打 12315。' });
    const { signals } = await agent('GET', `/cases/${opened.case}/signals`);
    assert.ok(!signals.some(({ words }) => words.length > 0), JSON.stringify(signals));
  });
});
