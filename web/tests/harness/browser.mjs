// A browser for a test: the installed Chromium, a fresh profile, and an ear on everything that goes
// wrong: console, failed requests, other hosts.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { PASSWORD, startService } from './service.mjs';

const CHROMIUM = process.env.CHROMIUM_BIN ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function startBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

/** Service with its pages, and a browser. */
export async function startDesk(options = {}) {
  const service = await startService(options);
  const browser = await startBrowser();
  return {
    service,
    url: service.url,
    browser,
    async stop() {
      await browser.close();
      await service.stop();
    },
  };
}

/** Errors that a test brings about on purpose are named by `expected`. */
export async function openPage(desk, { width = 1440, height = 900, theme = 'light', language = 'zh-CN', expected = [], state } = {}) {
  const context = await desk.browser.newContext({ viewport: { width, height }, locale: language, colorScheme: theme, reducedMotion: 'reduce', timezoneId: 'Asia/Shanghai', ...(state ? { storageState: state } : {}) });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults = [];
  const fault = (text) => {
    if (!expected.some((known) => known.test(text))) faults.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) fault(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(desk.url) && !/^(data|blob):/.test(url)) fault(`other host: ${url}`);
  });
  await page.addInitScript(
    ([tag, look]) => {
      if (localStorage.getItem('amends.language') === null) localStorage.setItem('amends.language', JSON.stringify(tag));
      if (localStorage.getItem('amends.theme') === null) localStorage.setItem('amends.theme', JSON.stringify(look));
    },
    [language, theme],
  );
  return { page, context, faults };
}

/** A story on a page of its own, in which nothing may go wrong unseen; a picture stays when it fails. */
export async function withPage(desk, options, story) {
  const { page, context, faults } = await openPage(desk, options);
  try {
    await story(page);
    assert.deepEqual(faults, []);
  } catch (error) {
    await page.screenshot({ path: new URL('../out/failed.png', import.meta.url).pathname, fullPage: true }).catch(() => {});
    throw error;
  } finally {
    await context.close();
  }
}

export async function signIn(page, url, login = 'xiao-man', path = '/queue') {
  await page.goto(url + path);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((at) => at.pathname !== '/sign-in');
}

/** A session to begin pages with: signing in for each of many pages would meet the service's limit. */
export async function signedIn(desk, login) {
  const { page, context } = await openPage(desk);
  await signIn(page, desk.url, login);
  const cookies = await context.cookies();
  await context.close();
  return { cookies, origins: [{ origin: desk.url, localStorage: [{ name: 'amends.session', value: 'true' }] }] };
}

/** A story of somebody who is signed in, begun at a path. */
export const asSignedIn = (desk, login, path, story, options) =>
  withPage(desk, options, async (page) => {
    await signIn(page, desk.url, login, path);
    await story(page);
  });

/** Takes an option of one of the kit's selects. */
export async function choose(page, label, option) {
  await page.getByRole('combobox', { name: label }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}
