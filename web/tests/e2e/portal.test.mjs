// The buyer's portal on a phone-sized page, against a real service, under the production content security
// policy: what a buyer does, and what the shop does meanwhile through the API.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, openPage, startDesk, withPage } from '../harness/browser.mjs';
import { caseOpened, decided, offered, orderMade } from '../harness/stories.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk({ clock: 'manual' });
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

const onPhone = (options, story) => withPage(desk, { width: 390, height: 844, ...options }, story);
const enter = async (page, token, hash = '#/') => {
  await page.goto(`${desk.url}/portal#link=${token}`);
  await page.locator('main h1').waitFor();
  if (hash !== '#/') await page.goto(`${desk.url}/portal${hash}`);
};
const pick = (page, value) => page.locator(`input[value=${value}]`).check();
const picture = async (page, name, size) => ({ name, mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: size, height: size } }) });
/** The shop meets the buyer halfway, at its desk. */
async function halfway(id) {
  const { remedies } = await agent('GET', `/cases/${id}/remedies`);
  const { clause, middle } = remedies.find((one) => one.middle && one.authority?.granted);
  const sum = ((middle.amount.minor + middle.compensation.minor) / 100).toFixed(2);
  await asSignedIn(desk, 'xiao-man', `/cases/${id}`, async (page) => {
    await page.getByRole('checkbox', { name: clause.title }).check();
    await page.getByRole('button', { name: /各让一步/ }).click();
    await page.getByRole('button', { name: '把 1 个方案发给买家' }).click();
    await page.locator('.offer-form').waitFor({ state: 'detached' });
  });
  const { offer } = await agent('GET', `/cases/${id}`);
  assert.equal(((offer.options[0].plan.amount.minor + offer.options[0].plan.compensation.minor) / 100).toFixed(2), sum);
}
const status = (page, words) => page.locator('.state h1').getByText(words).waitFor();

describe('the way in', () => {
  it('is a link, which leaves the address at once and survives a reload', () =>
    onPhone({}, async (page) => {
      const { number, token } = await orderMade(desk.service.url, agent);
      await enter(page, token);
      assert.equal(page.url(), `${desk.url}/portal#/`);
      await page.reload();
      await page.getByRole('heading', { name: `订单 ${number}` }).waitFor();
    }));

  it('is said to be closed when the link was altered, with the code as the way on', () =>
    onPhone({ expected: [/status of 401/] }, async (page) => {
      const { token } = await orderMade(desk.service.url, agent);
      await page.goto(`${desk.url}/portal#link=${token}x`);
      await page.getByRole('alert').waitFor();
      await page.getByRole('link', { name: '用验证码进入' }).click();
      await page.getByRole('heading', { name: '查找您的订单' }).waitFor();
    }));

  it('is a code, asked again when it was wrong, with nothing typed lost', () =>
    onPhone({ expected: [/status of 4\d\d/] }, async (page) => {
      const { number, token } = await orderMade(desk.service.url, agent);
      const told = [];
      await page.route('**/api/v1/buyer/codes', (route) => { told.push(route.request().postDataJSON()); return route.fulfill({ status: 202 }); });
      await page.route('**/api/v1/buyer/codes/redeem', (route) => {
        const { code } = route.request().postDataJSON();
        const problem = { code: 'code_wrong', title: '验证码不对', detail: '请核对后再填一次。', status: 422, clauses: [], facts: {}, type: 'x' };
        return code === '123456' ? route.fulfill({ json: { token } }) : route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) });
      });
      await page.goto(`${desk.url}/portal`);
      await page.getByLabel('订单号').fill(number);
      await page.getByLabel('手机号后四位').fill('8000');
      await page.getByRole('button', { name: '发送验证码' }).click();
      await page.getByLabel('验证码').fill('000000');
      await page.getByRole('button', { name: '打开订单' }).click();
      await page.getByText('请核对后再填一次').waitFor();
      await page.getByLabel('验证码').fill('123456');
      await page.getByRole('button', { name: '打开订单' }).click();
      await page.getByRole('heading', { name: `订单 ${number}` }).waitFor();
      assert.deepEqual(told, [{ order_number: number, phone_tail: '8000' }]);
    }));
});

describe('a fault with two photos', () => {
  it('goes from request to rating, the buyer seeing each step without reloading', () =>
    onPhone({}, async (page) => {
      const { order, token, buyer } = await orderMade(desk.service.url, agent);
      await enter(page, token);
      await page.getByRole('link', { name: '申请售后' }).click();
      for (const value of ['return_and_refund', 'quality', 'flawed']) await pick(page, value);
      await page.getByLabel('补充说明').fill('袖口开线了，洗都没洗过。');
      await page.locator('input[type=file]').setInputFiles([await picture(page, '袖口.png', 60), await picture(page, '正面.png', 90)]);
      await page.locator('.file[data-state=in]').nth(1).waitFor();
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.waitForURL('**/portal#/cases/case_*');
      await status(page, '等店铺处理');
      const id = page.url().split('/').at(-1);
      assert.equal((await buyer('GET', `/buyer/cases/${id}/evidence`)).evidence.length, 2);

      await decided(agent, id, 'approve');
      await status(page, '请寄回商品');
      await page.getByLabel('快递公司').fill('顺丰');
      await page.getByLabel('运单号').fill('SF 1234 567890');
      await page.getByRole('button', { name: '提交运单' }).click();
      await status(page, '商品寄回途中');
      await page.locator('.course').getByText('SF1234567890').waitFor();

      await decided(agent, id, 'inspect', { findings: [{ line: order.lines[0].id, accepted: 1, rejected: 0, missing: 0 }] });
      await status(page, '等待退款');
      await page.locator('.state .amount').getByText('¥199.50').waitFor();
      await decided(agent, id, 'refund');
      // The demo's provider wants to be asked again, or declines for good; then a supervisor pays by hand
      // and says so. The clock is moved, so that nothing waits for a real minute.
      for (let tries = 0; tries < 60; tries += 1) {
        await desk.service.moveClock({ advance_ms: 600_000 });
        const { tracks } = await agent('GET', `/cases/${id}`);
        if (tracks.money === 'paid' || tracks.request.state === 'closed') break;
        if (tracks.money === 'failed') await decided(await asPerson(desk.service.url, 'zhu-guan'), id, 'record-refund', { reference: 'E2E-1' });
      }
      await status(page, '已退款');
      const arrived = page.getByRole('button', { name: '已经到账' });
      if (await arrived.isVisible()) await arrived.click();
      await page.locator('.scores label').nth(4).click();
      await page.getByLabel('想说的话').fill('处理得很快。');
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.getByText('谢谢您的评价').waitFor();
      assert.deepEqual((await agent('GET', `/cases/${id}`)).tracks.care, { state: 'done', score: 5 });
    }));
});

describe('a seven-day return', () => {
  it('asks for no proof', () =>
    onPhone({}, async (page) => {
      const { token } = await orderMade(desk.service.url, agent);
      await enter(page, token, '#/apply');
      await pick(page, 'return_and_refund');
      await pick(page, 'no_reason');
      await page.getByText('不用提供任何照片或凭证').waitFor();
      assert.equal(await page.locator('input[type=file]').count(), 0);
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.getByRole('alert').getByText('商品是否完好').waitFor();
      await pick(page, 'yes');
      await page.getByRole('button', { name: '提交申请' }).click();
      await status(page, '等店铺处理');
      assert.equal(await page.locator('input[type=file]').count(), 0);
    }));
});

describe('what is being written', () => {
  it('survives a reload: the request with its photos, and a message', () =>
    onPhone({}, async (page) => {
      const { token } = await orderMade(desk.service.url, agent);
      await enter(page, token, '#/apply');
      for (const value of ['exchange', 'quality']) await pick(page, value);
      await page.getByLabel('补充说明').fill('想换 M 码 👗 مرحبا');
      await page.locator('input[type=file]').setInputFiles([await picture(page, '一.png', 50)]);
      await page.locator('.file[data-state=in]').waitFor();
      await page.reload();
      await page.locator('.file[data-state=in]').waitFor();
      assert.equal(await page.getByLabel('补充说明').inputValue(), '想换 M 码 👗 مرحبا');
      assert.equal(await page.locator('input[value=exchange]').isChecked(), true);
    }));

  it('loses a photo that is taken back, and no other', () =>
    onPhone({}, async (page) => {
      const { token, buyer } = await orderMade(desk.service.url, agent);
      await enter(page, token, '#/apply');
      for (const value of ['exchange', 'quality']) await pick(page, value);
      await page.locator('input[type=file]').setInputFiles([await picture(page, '一.png', 50), await picture(page, '二.png', 90)]);
      const handedIn = page.locator('.file[data-state=in]');
      await handedIn.nth(1).waitFor();
      await handedIn.filter({ hasText: '一.png' }).getByRole('button', { name: '移除' }).click();
      await handedIn.filter({ hasText: '一.png' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '提交申请' }).click();
      await status(page, '等店铺处理');
      const { evidence } = await buyer('GET', `/buyer/cases/${page.url().split('/').at(-1)}/evidence`);
      assert.deepEqual(evidence.map(({ name }) => name), ['二.png']);
    }));

  it('is kept when a file is no picture: it says so, and can be removed', () =>
    onPhone({ expected: [/status of 4\d\d/] }, async (page) => {
      const { token } = await orderMade(desk.service.url, agent);
      await enter(page, token, '#/apply');
      for (const value of ['repair', 'quality']) await pick(page, value);
      await page.getByLabel('补充说明').fill('坏了');
      await page.locator('input[type=file]').setInputFiles([{ name: '假的.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }]);
      await page.locator('.file[data-state=failed]').getByRole('alert').waitFor();
      await page.getByRole('button', { name: '移除' }).click();
      assert.equal(await page.locator('.file').count(), 0);
      assert.equal(await page.getByLabel('补充说明').inputValue(), '坏了');
    }));
});

describe('an offer', () => {
  it('is declined with a wish and words, and another is taken', () =>
    onPhone({}, async (page) => {
      const opened = await caseOpened(desk.service.url, agent, { reason: 'quality' });
      await offered(agent, opened.case);
      await enter(page, opened.token, `#/cases/${opened.case}`);
      await status(page, '请选择方案');
      await page.getByText('都不合适').click();
      await page.getByLabel('您的想法').fill('不想折腾，补一点就行。');
      await page.getByLabel('希望的金额').fill('30');
      await page.getByRole('button', { name: '告诉店铺' }).click();
      await status(page, '等店铺处理');
      const { offer } = await agent('GET', `/cases/${opened.case}`);
      assert.deepEqual([offer.declined, offer.wish], [true, { minor: 3000, currency: 'CNY' }]);
      await halfway(opened.case);
      await page.getByRole('button', { name: '选这个' }).first().click();
      await page.getByRole('button', { name: '确定', exact: true }).click();
      await page.locator('.offer').waitFor({ state: 'detached' });
      assert.equal((await agent('GET', `/cases/${opened.case}`)).offer.open, false);
    }));
});

describe('a lost connection', () => {
  it('is said, loses no word, and sends once when it is back', () =>
    onPhone({ expected: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] }, async (page) => {
      const opened = await caseOpened(desk.service.url, agent);
      await enter(page, opened.token, `#/cases/${opened.case}`);
      await status(page, '等店铺处理');
      await page.context().setOffline(true);
      await page.getByText('连接断开，正在重连').waitFor();
      await page.getByLabel('给店铺留言').fill('请问什么时候处理？');
      await page.getByRole('button', { name: '发送' }).click();
      await page.locator('[data-pending=failed]').waitFor();
      await page.context().setOffline(false);
      await page.locator('.talk li:not([data-pending])').getByText('请问什么时候处理').waitFor();
      await page.locator('.lost').waitFor({ state: 'detached' });
      await agent('POST', `/cases/${opened.case}/messages`, { text: '您好，今天下班前给您答复。' });
      await page.locator('.talk').getByText('今天下班前给您答复').waitFor({ timeout: 5_000 });
      const { entries } = await agent('GET', `/cases/${opened.case}/timeline`);
      assert.equal(entries.filter(({ text }) => text?.includes('什么时候处理')).length, 1);
    }));
});

describe('a refusal', () => {
  it('gives the shop’s reason, and can be answered, or the request taken back', () =>
    onPhone({}, async (page) => {
      const opened = await caseOpened(desk.service.url, agent, { reason: 'regret' });
      await decided(agent, opened.case, 'refuse', { reason: 'past_window', text: '没看到问题。' });
      await enter(page, opened.token, `#/cases/${opened.case}`);
      await status(page, '未通过');
      await page.locator('.told').getByText('店铺的理由：已超过售后期限').waitFor();
      await page.getByLabel('您的说明').fill('第二张图右下角能看到。');
      await page.getByRole('button', { name: '再次申请' }).click();
      await status(page, '等店铺处理');
      await page.getByRole('link', { name: '撤销申请' }).click();
      await page.waitForURL('**/withdraw');
      await page.getByRole('button', { name: '确定撤销' }).click();
      await status(page, '您已撤销');
    }));
});

describe('a page of a former release', () => {
  it('says what to do when its code is gone', () =>
    onPhone({ expected: [/status of 404|dynamically imported|Failed to fetch|preload/] }, async (page) => {
      const { token } = await orderMade(desk.service.url, agent);
      await page.route('**/assets/ApplyPage*', (route) => route.fulfill({ status: 404 }));
      await enter(page, token, '#/apply');
      await page.getByRole('button', { name: '刷新页面' }).waitFor();
      await page.unrouteAll();
      await page.getByRole('button', { name: '刷新页面' }).click();
      await page.getByRole('heading', { name: '申请售后' }).waitFor();
    }));
});
