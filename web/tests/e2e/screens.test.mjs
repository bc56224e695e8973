// The desk's other screens, one story each.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, openPage, startDesk } from '../harness/browser.mjs';
import { caseOpened } from '../harness/stories.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

const withPage = (login, path, story, options) => asSignedIn(desk, login, path, story, options);

describe('the board', () => {
  it('hands two cases over to a person', () =>
    withPage('zhu-guan', '/board', async (page) => {
      const list = page.getByRole('region', { name: '还没人处理' });
      await list.locator('li').nth(1).waitFor();
      const ids = await list.locator('li').evaluateAll((all) => all.slice(0, 2).map((one) => one.dataset.case));
      for (const at of [0, 1]) await list.getByRole('checkbox').nth(at).click();
      await page.getByRole('button', { name: /交给同事/ }).click();
      await page.locator('.bulk-panel').waitFor();
      await page.locator('.ant-select-item-option', { hasText: '小雨' }).click();
      await page.getByRole('button', { name: '先看结果' }).click();
      await page.getByRole('button', { name: '确认分配 2 单' }).click();
      await page.getByText('2 单已完成').waitFor();
      const { people } = await agent('GET', '/people');
      const rain = people.find(({ display_name: name }) => name === '小雨').id;
      for (const id of ids) assert.equal((await agent('GET', `/cases/${id}`)).assignee, rain);
    }));
});

describe('follow-ups', () => {
  it('take a score and words, and propose a case study', () =>
    withPage('xiao-man', '/follow-ups', async (page) => {
      const title = await page.locator('.followup h2').first().textContent();
      const number = Number(/\d+/.exec(title)[0]);
      const { cases } = await agent('GET', '/cases?open=false&awaiting=shop&limit=200');
      const { id } = cases.find((one) => one.number === number);
      await page.keyboard.press('5');
      await page.getByLabel('买家怎么说').fill('买家说很满意，没有别的需要。');
      await page.getByText('做得好的，值得写成案例').waitFor();
      await page.getByLabel('列为案例候选').check();
      await page.getByRole('button', { name: '登记，下一单' }).click();
      await page.getByRole('heading', { name: title, exact: true }).waitFor({ state: 'detached' });
      const { entries } = await agent('GET', `/cases/${id}/timeline`);
      assert.equal(entries.findLast(({ type }) => type === 'follow_up_recorded').data.score, 5);
      await page.getByRole('link', { name: '案例候选' }).click();
      await page.locator('.grid-row').getByText(`#${number}`).waitFor();
    }));
});

describe('the policy', () => {
  it('is read in plain words and searched', () =>
    withPage('xiao-man', '/policy', async (page) => {
      await page.locator('.clause').first().waitFor();
      await page.getByLabel('搜条款、依据、数字').fill('CLK-2');
      await page.getByText('客服须在 48 小时内办：商家处理申请').waitFor();
      await page.getByText('到点自动同意').first().waitFor();
      await page.goto(`${desk.url}/policy?part=tree`);
      await page.getByText('商品质量问题').waitFor();
    }));
});

describe('the settings', () => {
  it('change the shop, add a person, make a token and show what was done', () =>
    withPage('dian-zhu', '/settings', async (page) => {
      await page.getByLabel('专线，给情绪激烈的买家').fill('0571-1111-1111');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存').waitFor();
      await page.getByRole('link', { name: '人员与角色' }).click();
      const adding = page.getByRole('form', { name: '添加人员' });
      await adding.getByLabel('姓名').fill('小禾');
      await adding.getByLabel('登录名').fill('xiao-he');
      await adding.locator('input[type=password]').fill('a-long-password');
      await adding.getByRole('button', { name: '添加人员' }).click();
      await page.getByRole('cell', { name: 'xiao-he' }).waitFor();
      await page.getByRole('link', { name: '接口令牌' }).click();
      await page.getByLabel('用在哪里').fill('仓库系统');
      await page.getByRole('button', { name: '生成令牌' }).click();
      await page.locator('.secret').waitFor();
      await page.reload();
      await page.getByRole('cell', { name: '仓库系统' }).waitFor();
      assert.equal(await page.locator('.secret').count(), 0);
      await page.getByRole('link', { name: '操作记录' }).click();
      await choose(page, '谁', '小满');
      await page.waitForURL(/actor=/);
      await page.locator('.table tbody tr').first().waitFor();
    }));

  it('say so to whom they are not for', () =>
    withPage('xiao-man', '/settings?section=tokens', async (page) => page.getByRole('alert').waitFor(), { expected: [/403/] }));
});

describe('mails', () => {
  it('say what to expect where there are none', () =>
    withPage('xiao-man', '/mails', async (page) => page.getByText('没有待归类的邮件').waitFor()));
});

describe('set-up', () => {
  it('leads on where the shop is there already', async () => {
    const { page, context, faults } = await openPage(desk);
    await page.goto(`${desk.url}/setup`);
    await page.getByText('店铺已经建好').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});

describe('a case', () => {
  it('asks for evidence and logs a contact', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const opened = await caseOpened(desk.service.url, agent, { reason: 'quality' });
      await page.goto(`${desk.url}/cases/${opened.case}?do=ask_evidence`);
      await choose(page, '需要哪些凭证', '视频');
      await page.keyboard.press('Escape');
      await page.goto(`${desk.url}/cases/${opened.case}?do=log_contact`);
      const form = page.locator('.action-form');
      await form.getByText('否', { exact: true }).click();
      await form.locator('textarea').fill('打了两次，没人接。');
      await form.getByRole('button', { name: '记下' }).click();
      await page.locator('.timeline').getByText('联系买家（电话）：没联系上').waitFor();
    }));
});

// Routes agreed on that the service may not have yet, answered here as it is to answer them.
describe('by the contract', () => {
  const PACKS = [{ id: 'shop', revision: '1', layer: 'shop' }];
  const answers = {
    '**/api/v1/policy/sets': { sets: [{ hash: 'b', from: '2026-11-02T00:00:00Z', packs: PACKS }, { hash: 'a', from: '2026-11-01T00:00:00Z', packs: PACKS }] },
    '**/api/v1/policy/diff?from=a&to=b': { changes: [{ subject: 'clause', id: 'CLK-2', change: 'changed', fields: [{ path: 'clock.length', from: '72h', to: '48h' }] }] },
    '**/api/v1/cases/workload': { people: [{ person: null, name: '', open: 7, overdue: 3, due_soon: 1, reply_due: 2, escalated: 0 }] },
    '**/api/v1/setup': { needed: true },
  };
  const answered = async (page) => {
    for (const [path, json] of Object.entries(answers)) await page.route(path, (route) => route.fulfill({ json }));
  };
  it('two sets are compared, the load is the service’s, a new shop is set up', () =>
    withPage('zhu-guan', '/queue', async (page) => {
      await answered(page);
      await page.goto(`${desk.url}/policy?part=changes`);
      await page.getByRole('cell', { name: '72h' }).waitFor();
      await page.goto(`${desk.url}/board`);
      await page.getByText('逾期 3').waitFor();
      await page.goto(`${desk.url}/setup`);
      await page.getByLabel('启动口令').waitFor();
    }));
});
