// Pictures of the screens, to be looked at: widths, themes, languages. Written to tests/out.
import { mkdir } from 'node:fs/promises';
import { asPerson } from '../harness/service.mjs';
import { openPage, signIn, startDesk } from '../harness/browser.mjs';

const OUT = new URL('../out/', import.meta.url).pathname;
const only = process.argv[2];
await mkdir(OUT, { recursive: true });
const desk = process.env.AMENDS_URL ? await existing(process.env.AMENDS_URL) : await startDesk();

async function existing(url) {
  const { startBrowser } = await import('../harness/browser.mjs');
  const browser = await startBrowser();
  return { service: { url }, url, browser, stop: () => browser.close() };
}
const call = await asPerson(desk.service.url, 'zhu-guan');
const { cases } = await call('GET', '/cases?open=true&limit=200');
const byStatus = (status) => cases.find((one) => one.status === status)?.id;
const offered = byStatus('awaiting_choice');
const { evidence: pieces } = await call('GET', `/cases/${offered}/evidence`);
const { orders: known } = await call('GET', '/orders?number=DEMO-0028');
const SCREENS = {
  queue: ['/queue', '.grid-row'],
  board: ['/board', '.bars li'],
  'follow-ups': ['/follow-ups', '.page'],
  visits: ['/follow-ups?part=visits', '.followup'],
  mails: ['/mails', '.page'],
  reviews: ['/reviews', '.review'],
  'buyer-book': [`/buyers/${known[0].buyer}`, '.buyer form'],
  note: [`/orders/${known[0].id}/note`, '.parcel-note'],
  care: ['/care', '.care-text'],
  'care-mail': ['/care?mail=new', '.mails form'],
  segments: ['/care?part=segments', '.mails form'],
  plans: ['/plans', '.mails form'],
  guides: ['/plans?part=guides&sku=COOKER', '.mails form'],
  figures: ['/plans?part=figures', '.table'],
  policy: ['/policy', '.clause'],
  reasons: ['/policy?part=tree', '.reason-tree'],
  settings: ['/settings', '.form'],
  people: ['/settings?section=people', '.table'],
  keys: ['/settings?section=keys', '.help'],
  tokens: ['/settings?section=tokens', '.form'],
  setup: ['/setup', '.empty'],
  order: [`/orders/${cases.find(({ id }) => id === offered).order}`, '.lines'],
  open: [`/orders/${cases.find(({ id }) => id === offered).order}?do=open`, '.open-form'],
  viewer: [`/cases/${offered}?evidence=${pieces[0]?.id}`, '.viewer'],
  audit: ['/settings?section=audit', '.settings'],
  'case-choice': [`/cases/${offered}`, '.timeline'],
  scripts: [`/cases/${offered}`, '.timeline', ';'],
  'case-answer': [`/cases/${byStatus('awaiting_answer')}`, '.timeline'],
  'case-dispute': [`/cases/${byStatus('awaiting_ruling') ?? byStatus('refused')}`, '.readiness'],
  'case-return': [`/cases/${byStatus('return_on_the_way')}`, '.timeline'],
};
const LOOKS = [
  { width: 1440, theme: 'light', language: 'zh-CN' },
  { width: 1280, theme: 'dark', language: 'zh-CN' },
  { width: 1280, theme: 'light', language: 'en' },
  { width: 1440, theme: 'light', language: 'zh-TW' },
  { width: 390, theme: 'light', language: 'zh-CN' },
  { width: 390, theme: 'dark', language: 'en' },
  { width: 390, theme: 'dark', language: 'zh-TW' },
];
for (const look of LOOKS) {
  const { page, context, faults } = await openPage(desk, look);
  await signIn(page, desk.url, 'dian-zhu');
  for (const [name, [path, sign, key]] of Object.entries(SCREENS)) {
    if (only && !name.startsWith(only)) continue;
    await page.goto(desk.url + path);
    await page.waitForSelector(sign);
    // The stream of live changes never ends, so that there is no idle network to wait for.
    await page.waitForTimeout(600);
    if (key) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${OUT}${name}-${look.width}-${look.theme}-${look.language}.png` });
  }
  for (const fault of faults) console.log(look, fault);
  await context.close();
}
await desk.stop();
