// What goes wrong around the desk: the service dies mid-edit, time passes, two people act at once.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, startDesk } from '../harness/browser.mjs';
import { caseOpened } from '../harness/stories.mjs';

const HOUR = 3_600_000;
let desk;
before(async () => {
  desk = await startDesk({ clock: 'manual' });
});
after(() => desk.stop());

const now = async (call) => Date.parse((await call('GET', '/shop')).now);

describe('two agents', () => {
  it('decide once: the second is told so, and loses nothing typed', async () => {
    const agent = await asPerson(desk.service.url, 'xiao-man');
    const opened = await caseOpened(desk.service.url, agent, { reason: 'quality', now: await now(agent) });
    const { page, context, faults } = await openPage(desk, { expected: [/status of 4\d\d/] });
    await signIn(page, desk.url, 'xiao-yu', `/cases/${opened.case}?do=refuse`);
    const form = page.locator('.action-form');
    await form.waitFor();
    await form.locator('textarea').first().fill('核实后没有发现问题。');
    await form.getByRole('combobox').click();
    await page.locator('.ant-select-item-option').first().click();
    const { terms } = await agent('GET', `/cases/${opened.case}`);
    await agent('POST', `/cases/${opened.case}/approve`, {}, { 'If-Match': `"${terms}"` });
    await form.getByRole('alert').first().waitFor({ timeout: 20_000 });
    assert.equal(await form.getByRole('button', { name: '确认拒绝' }).isDisabled(), true);
    assert.equal(await form.locator('textarea').first().inputValue(), '核实后没有发现问题。');
    await page.locator('.case-head').getByText('等买家寄回').waitFor();
    const { entries } = await agent('GET', `/cases/${opened.case}/timeline`);
    assert.equal(entries.some(({ type }) => type === 'refused'), false);
    assert.deepEqual(faults, []);
    await context.close();
  });
});

describe('the decision clock', () => {
  it('runs out: the case says so, with its clause, to agent and buyer', async () => {
    const agent = await asPerson(desk.service.url, 'xiao-man');
    const opened = await caseOpened(desk.service.url, agent, { now: await now(agent) });
    const { page, context, faults } = await openPage(desk);
    await signIn(page, desk.url, 'xiao-man', `/cases/${opened.case}`);
    await page.locator('.case-head').getByText('待商家处理').waitFor();
    const buyers = await openPage(desk, { width: 390, height: 844 });
    await buyers.page.goto(`${desk.url}/portal#link=${opened.token}`);
    await buyers.page.locator('.case-row').click();
    await buyers.page.locator('.state h1').getByText('等店铺处理').waitFor();
    await desk.service.moveClock({ advance_ms: 48 * HOUR + 60_000 });
    await page.locator('.case-head').getByText('等买家寄回').waitFor({ timeout: 30_000 });
    const expired = page.locator('.happened li', { hasText: '系统自动同意了申请' });
    await expired.locator('.clause-mark', { hasText: 'CLK-2' }).waitFor();
    await buyers.page.locator('.state h1').getByText('请寄回商品').waitFor();
    await buyers.page.locator('.course').getByText('系统已自动同意').waitFor();
    assert.deepEqual([faults, buyers.faults], [[], []]);
    await context.close();
    await buyers.context.close();
  });
});

describe('a service that dies mid-edit', () => {
  it('loses no word and sends none twice', async () => {
    const agent = await asPerson(desk.service.url, 'xiao-man');
    const opened = await caseOpened(desk.service.url, agent, { now: await now(agent) });
    // Every request fails for a while, and says so in the console.
    const { page, context, faults } = await openPage(desk, { expected: [/Failed to load resource|net::ERR/] });
    await signIn(page, desk.url, 'xiao-man', `/cases/${opened.case}`);
    await page.locator('.timeline article').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('您好，退货地址已经发给您了。');
    await desk.service.kill();
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-pending=failed]').waitFor();
    await page.locator('.connection[data-state=lost]').waitFor({ timeout: 20_000 });
    await desk.service.restart();
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.locator('.said[data-voice=shop]:not([data-pending])').getByText('退货地址已经发给您了').waitFor();
    const again = await asPerson(desk.service.url, 'xiao-man');
    const { entries } = await again('GET', `/cases/${opened.case}/timeline`);
    assert.equal(entries.filter(({ text }) => text?.includes('退货地址已经发给您了')).length, 1);
    assert.deepEqual(faults, []);
    await context.close();
  });
});
