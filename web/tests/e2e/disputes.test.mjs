// Before the platform, in two windows: the buyer asks and shows, the shop sees what is missing and hands in,
// the mediator rules.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { execFileSync } from 'node:child_process';
import { BINARY, asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, openPage, startDesk } from '../harness/browser.mjs';
import { decided, orderMade } from '../harness/stories.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

/** A request without a right, refused. */
async function refused() {
  const { order, token, buyer } = await orderMade(desk.service.url, agent);
  const opened = await buyer('POST', '/buyer/cases', { kind: 'refund_only', reason: 'regret', lines: [{ line: order.lines[0].id, units: 1 }], text: '不喜欢了。' });
  await decided(agent, opened.case, 'refuse', { reason: 'used', text: '吊牌已剪。' });
  return { case: opened.case, number: opened.number, order, token };
}
const picture = async (page, name) => ({ name, mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 80 } }) });

describe('a dispute', () => {
  it('is heard from both sides, and ruled', async () => {
    const opened = await refused();
    const phone = await openPage(desk, { width: 390, height: 844 });
    await phone.page.goto(`${desk.url}/portal#link=${opened.token}`);
    await phone.page.locator('main h1').waitFor();
    await phone.page.goto(`${desk.url}/portal#/cases/${opened.case}`);
    await phone.page.getByRole('link', { name: '请平台介入' }).click();
    await phone.page.getByLabel('想对平台说的话').fill('我只试穿过一次。');
    await phone.page.getByRole('button', { name: '申请平台介入' }).click();
    await phone.page.getByRole('heading', { name: '提交举证' }).waitFor();
    await phone.page.locator('input[type=file]').setInputFiles([await picture(phone.page, '吊牌.png')]);
    await phone.page.locator('.file[data-state=in]').waitFor();
    await phone.page.getByLabel('您的陈述').fill('收到当天试穿，吊牌一直在。');
    await phone.page.getByRole('button', { name: '提交给平台' }).click();
    await phone.page.locator('.course').getByText('您提交了举证').waitFor();

    await asSignedIn(desk, 'xiao-man', `/cases/${opened.case}`, async (page) => {
      const section = page.locator('.section', { hasText: '举证准备' });
      await section.getByText('收到当天试穿，吊牌一直在。').waitFor();
      await section.getByText('还没有提交我方陈述。').waitFor();
      await section.getByText('找运营补').first().waitFor();
      await page.goto(`${desk.url}/cases/${opened.case}?do=submit_statement`);
      await page.locator('.action-form textarea').fill('发货前检查记录显示吊牌完好；12 月 2 日收回时吊牌已剪，照片见附件。');
      await page.getByRole('button', { name: '提交举证', exact: true }).click();
      await page.locator('.timeline').getByText('店铺举证，附凭证 0 份').waitFor();
      await section.getByText('还没有提交我方陈述。').waitFor({ state: 'detached' });
      // A program that is not optimised takes a while to set the pages.
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('link', { name: /下载举证包/ }).click()]);
      assert.equal(download.suggestedFilename(), `amends-${opened.number}.zip`);
      const kept = await download.path();
      assert.match(execFileSync(BINARY, ['verify-bundle', kept]).toString(), /^untouched: case case_/);
    });
    // His money may be back before he looks: what came first is folded away by then.
    await phone.page.getByRole('button', { name: /查看全部/ }).click();
    await phone.page.getByText('添加照片或视频').first().waitFor();
    // What the shop handed in is for the platform.
    assert.equal(await phone.page.getByText('发货前检查记录显示').count(), 0);

    await asSignedIn(desk, 'xiao-er', `/cases/${opened.case}?do=rule`, async (page) => {
      await choose(page, '裁定结果', '支持买家');
      await page.locator('.action-form textarea').fill('店铺未提供发货前照片。');
      await page.getByRole('button', { name: '确认裁定' }).click();
      await page.locator('.timeline').getByText('平台裁定：支持买家').waitFor();
    });
    await phone.page.locator('.course').getByText('平台裁定：支持您').waitFor();
    assert.deepEqual(phone.faults, []);
    await phone.context.close();
  });
});
