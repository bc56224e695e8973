import { servePages } from './harness/pages.mjs';
import { startBrowser, openPage, signIn } from './harness/browser.mjs';
import { asPerson } from './harness/service.mjs';
const pages = await servePages('http://127.0.0.1:8091'); const browser = await startBrowser();
const desk={url:pages.url,browser};
const call = await asPerson('http://127.0.0.1:8091','zhu-guan');
const {cases}=await call('GET','/cases?open=true&limit=200');
console.log(cases.filter(c=>c.status==='awaiting_decision').length);
const id=(n)=>cases.find(c=>c.number===n)?.id;
async function go(look, login, path, name, act){
 const {page,faults,context}=await openPage(desk,look);
 await signIn(page, pages.url, login, path);
 await page.waitForSelector('.grid-row, .timeline article'); await page.waitForTimeout(700);
 if(act) await act(page);
 await page.waitForTimeout(600);
 await page.screenshot({path:`tests/out/${name}.png`}); if(faults.length)console.log(name,faults); await context.close();
}
await go({}, 'zhu-guan','/queue','q-bulk', async p=>{ for(const i of [0,1,2,3,4,5]) await p.locator('.grid-row input[type=checkbox]').nth(i).click(); await p.getByRole('button',{name:'同意'}).click(); });
await go({width:1280,theme:'dark',language:'en'}, 'jing-li','/queue','q-commands', async p=>{ await p.keyboard.press('/'); await p.keyboard.type('13'); });
await go({language:'en'}, 'zhu-guan',`/cases/${id(123)??cases[0].id}?do=inspect`,'c-inspect');
await go({}, 'zhu-guan',`/cases/${id(132)}?do=find`,'c-find');
await go({width:1280,theme:'dark'}, 'zhu-guan',`/cases/${id(132)}`,'c-remedies', async p=>{ await p.keyboard.press('1'); await p.keyboard.press('2'); await p.locator('.offer-form').scrollIntoViewIfNeeded(); });
await go({width:1440}, 'zhu-guan',`/cases/${id(129)}`,'c-129', async p=>{ await p.locator('.side').evaluate(e=>e.scrollTop=900); });
await browser.close(); await pages.stop();
