// A day's work at the desk: by the keyboard alone, beside a colleague, above one's authority, with pictures,
// over the telephone, by mail.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, asPerson } from '../harness/service.mjs';
import { asSignedIn, choose, openPage, signIn, startDesk, withPage as storyOn } from '../harness/browser.mjs';
import { caseOpened, decided, orderMade } from '../harness/stories.mjs';

let desk;
let agent;
before(async () => {
  desk = await startDesk();
  agent = await asPerson(desk.service.url, 'xiao-man');
});
after(() => desk.stop());

const withPage = (login, path, story, options) => asSignedIn(desk, login, path, story, options);

/** Goes on by Tab until the focus is on what is named. */
async function tabTo(page, name) {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    if (text === name) return;
  }
  throw new Error(`no way by the keyboard to ${name}`);
}

describe('the keyboard alone', () => {
  it('opens a case, replies to it and settles it', async () => {
    const { order, buyer } = await orderMade(desk.service.url, agent);
    const opened = await buyer('POST', '/buyer/cases', { kind: 'complaint', reason: 'service', lines: [{ line: order.lines[0].id, units: 1 }], text: '客服说回电，一直没回。' });
    await withPage('xiao-man', '/queue?sort=opened', async (page) => {
      await page.locator(`.grid-row[data-case="${opened.case}"], .grid-row`).first().waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/cases/${opened.case}*`);
      await page.locator('.timeline article').first().waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type('您好，是我们没做到，对不起。现在给您回电。');
      await page.keyboard.press('Control+Enter');
      await page.locator('.said[data-voice=shop]:not([data-pending])').getByText('现在给您回电').waitFor();
      await page.keyboard.press('Escape');
      await tabTo(page, '答复并结案');
      await page.keyboard.press('Enter');
      await page.waitForURL(/do=resolve/);
      await page.locator('.action-form textarea').waitFor();
      await page.keyboard.type('已经和您通过电话，以后由小满专门跟进。');
      await tabTo(page, '发送并结案');
      await page.keyboard.press('Enter');
      await page.locator('.case-head').getByText('已结案').waitFor();
    });
    assert.equal((await agent('GET', `/cases/${opened.case}`)).status, 'closed');
  });
});

describe('a buyer who calls', () => {
  it('is found by his order, has a case opened for him, and gets a link', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const { number, order } = await orderMade(desk.service.url, agent, { units: 2 });
      await page.locator('.grid-row').first().waitFor();
      await page.keyboard.press('/');
      await page.locator('#command-list').waitFor();
      await page.keyboard.type(number);
      await page.getByRole('option', { name: new RegExp(number) }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/orders/${order.id}`);
      await page.getByText('还没有售后').waitFor();
      await page.getByRole('button', { name: '复制买家链接' }).click();
      const link = await page.getByLabel('买家链接').inputValue();
      await page.getByRole('button', { name: '替买家申请' }).click();
      await choose(page, '想怎么处理', '退货退款');
      await page.getByRole('combobox', { name: '原因' }).fill('七天无理由');
      await page.keyboard.press('Enter');
      await page.getByText('完好', { exact: true }).click();
      await page.getByLabel('买家怎么说').fill('来电说颜色不喜欢，吊牌都在。');
      // What was typed outlives a reload.
      await page.reload();
      assert.equal(await page.getByLabel('买家怎么说').inputValue(), '来电说颜色不喜欢，吊牌都在。');
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.waitForURL(/\/cases\/case_/);
      await page.locator('.timeline').getByText('来电说颜色不喜欢').waitFor();
      const phone = await openPage(desk, { width: 390, height: 844 });
      await phone.page.goto(link);
      await phone.page.locator('.case-row').waitFor();
      assert.deepEqual(phone.faults, []);
      await phone.context.close();
    }));
});

describe('a question', () => {
  it('that is about no order is put down beside the caller’s order', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const { order } = await orderMade(desk.service.url, agent);
      await page.goto(`${desk.url}/orders/${order.id}`);
      await page.getByRole('button', { name: '替买家申请' }).click();
      await choose(page, '想怎么处理', '咨询');
      await page.getByRole('checkbox', { name: '和这笔订单无关' }).check();
      assert.equal(await page.getByText('哪些商品，各几件').count(), 0);
      await page.getByRole('combobox', { name: '原因' }).fill('不会使用');
      await page.keyboard.press('Enter');
      await page.getByLabel('买家怎么说').fill('想问下个月还上不上新款。');
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.waitForURL(/\/cases\/case_/);
      await page.locator('.timeline').getByText('还上不上新款').waitFor();
      const opened = await agent('GET', `/cases/${page.url().split('/').at(-1).split('?')[0]}`);
      assert.deepEqual([opened.order ?? null, opened.buyer], [null, order.buyer]);
    }));
});

describe('a script', () => {
  it('begins an answer, filled from the case, and is not sent before its places are', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const opened = await caseOpened(desk.service.url, agent);
      await page.goto(`${desk.url}/cases/${opened.case}`);
      await page.locator('.timeline article').first().waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type('；');
      await page.getByRole('combobox', { name: /找话术/ }).waitFor();
      await page.getByRole('option').first().waitFor();
      await page.keyboard.type('诚恳');
      await page.keyboard.press('Enter');
      const area = page.getByLabel('回复买家').and(page.locator('textarea'));
      await page.getByText('先填好【几点前】再发').waitFor();
      const begun = await area.inputValue();
      assert.match(begun, /^测试买家\d+-\d+，这件事给您添麻烦了/);
      // It is not sent: the place is chosen instead, to be written over.
      await page.keyboard.press('Control+Enter');
      assert.equal(await area.inputValue(), begun);
      await page.waitForFunction(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd) === '【几点前】');
      await page.keyboard.type('今天 18:00');
      await page.keyboard.press('Control+Enter');
      await page.locator('.said[data-voice=shop]:not([data-pending])').getByText('今天 18:00 前给您一个明确的方案').waitFor();
    }));
});

describe('a colleague on the same case', () => {
  it('is seen looking and writing, and what he says comes in', () =>
    withPage('xiao-yu', '/queue', async (page) => {
      const opened = await caseOpened(desk.service.url, agent);
      await page.goto(`${desk.url}/cases/${opened.case}`);
      await page.locator('.connection[data-state=live]').waitFor();
      const other = await openPage(desk);
      await signIn(other.page, desk.url, 'a-qing', `/cases/${opened.case}`);
      await page.locator('.others').getByText('阿青 正在查看').waitFor();
      await other.page.locator('.timeline article').first().waitFor();
      await other.page.keyboard.press('n');
      await other.page.keyboard.type('我在查这单的物流。');
      await page.locator('.others').getByText('阿青 正在输入').waitFor();
      await other.page.keyboard.press('Control+Enter');
      await page.locator('.said[data-voice=note]').getByText('我在查这单的物流').waitFor();
      assert.deepEqual(other.faults, []);
      await other.context.close();
      await page.locator('.others').getByText('阿青').waitFor({ state: 'detached', timeout: 60_000 });
    }));
});

describe('money above an agent', () => {
  it('is passed upward by him and approved by a supervisor', async () => {
    const lines = [{ sku: 'TABLET', title: '平板电脑', category: 'electronics', units: 1, price: { minor: 189900, currency: 'CNY' } }];
    const { order, buyer } = await orderMade(desk.service.url, agent, { lines, delivered: false });
    const opened = await buyer('POST', '/buyer/cases', { kind: 'refund_only', reason: 'lost', lines: [{ line: order.lines[0].id, units: 1 }], text: '物流十天没动，快递说找不到了。' });
    await withPage(
      'xiao-man',
      `/cases/${opened.case}?do=approve`,
      async (page) => {
        await page.locator('.action-form').getByText(/超出|权限/).first().waitFor();
        await page.goto(`${desk.url}/cases/${opened.case}?do=pass_up`);
        await choose(page, '请示谁', '主管');
        await choose(page, '为什么', '超出权限');
        await page.locator('.action-form textarea').fill('快递确认丢件，金额超过我的权限。');
        await page.getByRole('button', { name: '请示', exact: true }).click();
        await page.locator('.timeline').getByText('请示主管').waitFor();
      },
      { expected: [/status of 4\d\d/] },
    );
    await withPage('zhu-guan', '/board', async (page) => {
      await page.getByRole('region', { name: '已上报，等答复' }).getByText(`#${opened.number}`).click();
      await page.getByRole('button', { name: '同意', exact: true }).click();
      await page.getByText('将付给买家 ¥1,899.00').waitFor();
      await page.getByRole('button', { name: '确认同意' }).click();
      await page.locator('.case-head').getByText(/退款/).first().waitFor();
    });
  });
});

describe('a return that is not as it was', () => {
  it('is declined with pictures and the reason, and both are looked at side by side', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const opened = await caseOpened(desk.service.url, agent);
      await decided(agent, opened.case, 'approve');
      await opened.buyer('POST', `/buyer/cases/${opened.case}/ship-return`, { carrier: '顺丰', waybill: 'SF2' });
      await page.goto(`${desk.url}/cases/${opened.case}`);
      const gallery = page.locator('.gallery li');
      for (const [at, name] of ['领口.png', '吊牌.png'].entries()) {
        await page.getByRole('button', { name: '添加' }).click();
        await page.getByLabel('选择文件').setInputFiles({ name, mimeType: 'image/png', buffer: PNG });
        await page.getByRole('button', { name: /上传/ }).click();
        await gallery.nth(at).waitFor();
      }
      await page.getByRole('button', { name: '验收退货' }).click();
      const form = page.locator('.action-form');
      await form.getByLabel('收下').fill('0');
      await form.getByLabel('不收').fill('1');
      await form.getByRole('button', { name: '确认验收' }).click();
      await form.getByText('请填写这一项').first().waitFor();
      await form.locator('textarea').fill('领口有粉底，吊牌已经剪掉，不能再卖。');
      await choose(page, '依据的凭证', '领口.png');
      await choose(page, '依据的凭证', '吊牌.png');
      await page.keyboard.press('Escape');
      await form.getByRole('button', { name: '确认验收' }).click();
      await page.locator('.case-head').getByText('待寄还买家').waitFor();

      await page.keyboard.press('e');
      const viewer = page.locator('dialog[open]');
      await viewer.getByText('第 1 份，共 2 份').waitFor();
      await page.keyboard.press('c');
      await page.keyboard.press('z');
      await page.keyboard.press('r');
      assert.equal(await viewer.locator('figure').count(), 2);
      assert.equal(await viewer.locator('img').first().evaluate((image) => image.style.transform), 'rotate(90deg) scale(1.5)');
      await viewer.getByText('SHA-256').first().waitFor();
    }));
});
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('a queue that grows', () => {
  it('is lent a hand: its most urgent cases go to a colleague', () =>
    withPage('zhu-guan', '/board', async (page) => {
      await choose(page, '请谁来帮', '小雨');
      await page.getByLabel('接几单').fill('2');
      await page.getByRole('button', { name: '挑最急的，先预览' }).click();
      const panel = page.locator('.bulk-panel');
      await panel.getByRole('button', { name: '先看结果' }).click();
      await panel.getByRole('button', { name: '确认分配 2 单' }).click();
      await panel.getByText('2 单已完成').waitFor();
    }));
});

describe('a buyer who cannot talk now', () => {
  it('is called again at the time agreed on', () =>
    withPage('xiao-man', '/follow-ups', async (page) => {
      const title = await page.locator('.followup h2').first().textContent();
      await page.getByRole('button', { name: '约个时间再打' }).click();
      await page.getByRole('button', { name: '约好，下一单' }).click();
      await page.getByRole('heading', { name: title, exact: true }).waitFor({ state: 'detached' });
      const item = page.locator('.followups nav li').filter({ hasText: `#${/\d+/.exec(title)[0]}` });
      await item.getByText('约好再打').waitFor();
    }));
});

describe('a clause', () => {
  it('leads to the open cases that rest on it', () =>
    withPage('xiao-man', '/policy?q=CLK-2', async (page) => {
      const opened = await caseOpened(desk.service.url, agent);
      await page.locator('#clause-CLK-2').getByRole('link', { name: '进行中的工单' }).click();
      await page.waitForURL(/clause=CLK-2/);
      await page.locator('.grid-row').first().waitFor();
      const { cases, total } = await agent('GET', '/cases?open=true&clause=CLK-2&count=true&limit=200');
      assert.ok(cases.some(({ id }) => id === opened.case));
      await page.getByText(`共 ${total} 单`).waitFor();
    }));
});

describe('a person’s own keys', () => {
  it('are pressed anew, refused when taken, and work at once', () =>
    withPage('xiao-man', '/settings?section=keys', async (page) => {
      await page.getByRole('button', { name: /改“下一单”的键/ }).click();
      await page.keyboard.press('k');
      await page.getByText('“k”已经是“上一单”').waitFor();
      await page.keyboard.press('m');
      await page.getByRole('button', { name: '改“下一单”的键，现在是 m' }).waitFor();
      await page.goto(`${desk.url}/queue`);
      await page.locator('.grid-row').first().waitFor();
      await page.keyboard.press('m');
      await page.keyboard.press('Enter');
      await page.waitForURL(/cases\/case_/);
    }));
});

describe('a role', () => {
  it('is changed by the owner, and tags are offered as he wrote them', () =>
    withPage('dian-zhu', '/settings?section=people', async (page) => {
      const row = page.getByRole('row').filter({ hasText: 'a-qing' });
      await row.getByRole('combobox').click();
      const given = page.waitForResponse(/\/membership$/);
      await page.locator('.ant-select-item-option').filter({ hasText: '主管' }).click();
      assert.equal((await given).status(), 204);
      const { people } = await agent('GET', '/people');
      assert.equal(people.find(({ display_name: name }) => name === '阿青').role, 'supervisor');
      await page.goto(`${desk.url}/settings`);
      await page.getByRole('combobox', { name: '常用标签' }).fill('缺配件');
      await page.keyboard.press('Enter');
      await page.getByLabel('短信', { exact: true }).check();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存').waitFor();
      const { settings } = await agent('GET', '/shop');
      assert.ok(settings.tags.includes('缺配件'));
      assert.deepEqual(settings.notices.channels, ['sms']);
    }));
});

describe('mails without a case', () => {
  it('are put into one, become one, or are put aside', async () => {
    const owner = await asPerson(desk.service.url, 'dian-zhu');
    const { secret } = await owner('POST', '/tokens', { role: 'machine', label: 'mail' }, { 'Idempotency-Key': undefined });
    for (const subject of ['问一下吸尘器', '换个颜色行吗', '推广合作']) {
      const response = await fetch(`${desk.service.url}/api/v1/mails`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'message/rfc822', 'Idempotency-Key': crypto.randomUUID() },
        body: `From: somebody@example.com\r\nTo: shop@example.com\r\nMessage-ID: <${subject.length}-${Math.random()}@example.com>\r\nSubject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${subject}，麻烦回我。\r\n`,
      });
      assert.equal(response.status, 201, await response.text());
    }
    const opened = await caseOpened(desk.service.url, agent);
    const bought = await orderMade(desk.service.url, agent);
    await withPage('xiao-man', '/mails', async (page) => {
      const gone = (subject) => page.locator('.mails nav').getByText(subject).waitFor({ state: 'detached' });
      await page.locator('.mails nav').getByText('问一下吸尘器').click();
      await page.getByRole('combobox', { name: '搜工单或订单' }).fill(`#${opened.number}`);
      await page.locator('.ant-select-item-option').filter({ hasText: `#${opened.number}` }).first().click();
      await page.getByRole('button', { name: '并入这张工单' }).click();
      await gone('问一下吸尘器');
      await page.locator('.mails nav').getByText('换个颜色行吗').click();
      // Nobody knows the sender: whose it is, an order says.
      await page.getByRole('button', { name: '新开咨询工单' }).click();
      await page.getByText('请说明这封邮件是谁的').waitFor();
      await page.getByRole('combobox', { name: '搜工单或订单' }).fill(bought.number);
      await page.locator('.ant-select-item-option').filter({ hasText: bought.number }).first().click();
      await page.getByRole('button', { name: '新开咨询工单' }).click();
      await gone('换个颜色行吗');
      await page.getByLabel('搁置的理由').fill('推销，和售后无关。');
      await page.getByRole('button', { name: '搁置' }).click();
      await page.getByText('没有待归类的邮件').waitFor();
    }, { expected: [/status of 4\d\d/] });
    const { entries } = await agent('GET', `/cases/${opened.case}/timeline`);
    assert.ok(entries.some(({ text }) => text?.includes('问一下吸尘器')));
  });
});

describe('evidence', () => {
  it('is asked of a buyer, who sees it on his phone', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const { order, token, buyer } = await orderMade(desk.service.url, agent);
      const opened = await buyer('POST', '/buyer/cases', { kind: 'refund_only', reason: 'quality', lines: [{ line: order.lines[0].id, units: 1 }], text: '袖口开线。' });
      const phone = await openPage(desk, { width: 390, height: 844 });
      await phone.page.goto(`${desk.url}/portal#link=${token}`);
      await phone.page.locator('.case-row').click();
      await page.goto(`${desk.url}/cases/${opened.case}?do=ask_evidence`);
      await choose(page, '需要哪些凭证', '照片');
      await page.keyboard.press('Escape');
      await page.locator('.action-form textarea').fill('袖口拍近一点，再拍一张整件的。');
      await page.getByRole('button', { name: '发给买家' }).click();
      await page.locator('.timeline').getByText('请买家补充：').first().waitFor();
      await phone.page.getByText('请补充凭证').waitFor();
      assert.deepEqual(phone.faults, []);
      await phone.context.close();
    }));

  it('that another buyer handed in before is shown beside the other, and nothing is decided by it', () =>
    withPage('xiao-man', '/queue', async (page) => {
      const photo = await readFile(new URL('../../../crates/amends-sim/pictures/earbud-case.jpg', import.meta.url));
      const cases = [];
      for (const text of ['右耳充不进电。', '买来就坏了。']) {
        const { order, token, buyer } = await orderMade(desk.service.url, agent);
        const opened = await buyer('POST', '/buyer/cases', { kind: 'refund_only', reason: 'quality', lines: [{ line: order.lines[0].id, units: 1 }], text });
        const added = await fetch(`${desk.service.url}/api/v1/buyer/cases/${opened.case}/evidence`, {
          method: 'POST',
          headers: { Authorization: `AmendsLink ${token}`, 'Content-Type': 'image/jpeg', 'Evidence-Kind': 'photo', 'Idempotency-Key': crypto.randomUUID() },
          body: photo,
        });
        assert.equal(added.status, 201);
        cases.push(opened);
      }
      const [first, second] = cases;
      await page.goto(`${desk.url}/cases/${second.case}`);
      const seen = page.locator('.alike li', { hasText: `工单 ${first.number}` });
      await seen.getByText('同一个文件').waitFor();
      await seen.getByText('另一位买家').waitFor();
      assert.equal((await agent('GET', `/cases/${second.case}`)).status, 'awaiting_decision');
      await seen.getByRole('link').click();
      await page.waitForURL(new RegExp(first.case));
      await page.locator('dialog[open] .viewer').waitFor();
    }));
});

describe('a password guessed too often', () => {
  it('is not taken for a while, and the page says so', () =>
    storyOn(desk, { expected: [/status of 4\d\d/] }, async (page) => {
      await page.goto(`${desk.url}/sign-in`);
      await page.locator('#login').fill('jing-li');
      for (let tries = 0; tries < 12; tries += 1) {
        await page.locator('#password').fill(`wrong-password-${tries}`);
        await page.locator('button[type=submit]').click();
        await page.getByRole('alert').waitFor();
        if (/稍后|秒|分钟/.test(await page.getByRole('alert').textContent())) return;
      }
      assert.fail('twelve guesses, and no limit was told');
    }));
});

describe('a new service', () => {
  it('leads from sign-in to set-up, and from there to its first shop', async () => {
    const fresh = await startDesk({ bare: true });
    try {
      const [, token] = /setup#token=([0-9a-f]+)/.exec(fresh.service.said());
      await storyOn(fresh, {}, async (page) => {
        await page.goto(`${fresh.url}/`);
        await page.waitForURL(/\/setup/);
        await page.getByLabel('启动口令').fill(token);
        await page.getByLabel('店铺名称').fill('山岚家居');
        await page.getByLabel('店主姓名').fill('林店主');
        await page.getByLabel('登录名').fill('lin');
        await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
        await page.locator('button[type=submit]').click();
        await page.waitForURL(/\/sign-in/);
        await signIn(page, fresh.url, 'lin');
        await page.getByText('这个视图里没有工单').waitFor();
      });
    } finally {
      await fresh.stop();
    }
  });
});
