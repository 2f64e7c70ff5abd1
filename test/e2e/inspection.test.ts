import type { Browser } from 'playwright-core'
import { inspect } from '../support/access/inspect'
import { launchBrowser } from '../support/browser'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const PAGE = `<style>
  body { margin: 0; font: 16px sans-serif; color: #111; }
  .page { position: relative; height: 100vh; background: #fff; }
  .button { display: flex; width: 60px; height: 48px; }
  @keyframes turn { to { transform: rotate(360deg); } }
</style>`

/** What is found in a screen with this in it: the rules only, each once. */
async function rulesIn(html: string): Promise<string[]> {
  const page = await browser.newPage()
  try {
    await page.setContent(`${PAGE}<div class="page">${html}</div>`)
    const found = await inspect(page, 'en')
    return [...new Set(found.map((fault) => /px, (\w+):/.exec(fault)?.[1] ?? fault))]
  } finally {
    await page.close()
  }
}

const button = (label: string, style = ''): string =>
  `<div class="button" role="button" aria-label="${label}" style="${style}">Go</div>`
const over = 'position: absolute; left: 0; top: 0; width: 200px; height: 100px'
const film = `<wx-live-player style="${over}; display: block"></wx-live-player>`
const onFilm = (scrim: string): string =>
  `${film}<div style="${over}; color: #fff"><span style="background: ${scrim}">Words</span></div>`

test.each([
  ['a control without a role', '<wx-button style="display: block; width: 60px; height: 48px">Go</wx-button>', 'role'],
  ['a control without a name', '<div class="button" role="button"></div>', 'name'],
  ['two controls of one name', `<p>${button('Send')}</p><b>${button('Send')}</b>`, 'name'],
  ['another language', button('发送'), 'language'],
  ['a key instead of a text', '<p>chat.send</p>', 'language'],
  ['a fault that waits', '<p role="alert" aria-live="polite">No network</p>', 'live'],
  ['talk that nobody hears', '<barrage-list>Hello</barrage-list>', 'live'],
  ['words that are cut', '<p style="width: 60px; overflow: hidden; white-space: nowrap">Many more words</p>', 'cut'],
  ['words beside the screen', '<p style="position: fixed; left: -30px">Many words</p>', 'outside'],
  ['a small control', button('Send', 'width: 30px'), 'target'],
  ['a covered control', `${button('Send', over)}<div style="${over}; background: #fff"></div>`, 'target'],
  ['faint words', '<p style="color: #999">Words</p>', 'contrast'],
  ['words over a picture', onFilm('none'), 'contrast'],
  ['motion', '<p style="animation: turn 2s infinite">Words</p>', 'motion'],
  [
    'a control behind a dialog',
    `${button('Send')}<div role="dialog" aria-modal="true" aria-label="A">Words</div>`,
    'modal',
  ],
  ['a control kept from screen readers', `<div aria-hidden="true">${button('Send')}</div>`, 'hidden'],
])('%s is found', async (_, html, rule) => {
  expect(await rulesIn(html)).toContain(rule)
})

test('nothing is found where nothing is wrong', async () => {
  const line =
    '<p style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">Many more words</p>'
  const rows = [1, 2].map(() => `<div class="row">${button('Invite')}</div>`).join('')
  const talk = '<barrage-list><i aria-live="polite">Hello</i></barrage-list>'
  expect(await rulesIn(`${rows}${line}${talk}<p role="alert" aria-live="assertive">No network</p>`)).toEqual([])
  expect(await rulesIn(onFilm('rgba(0, 0, 0, 0.7)'))).toEqual([])
  const behind = `<div aria-hidden="true">${button('Send')}</div>`
  expect(
    await rulesIn(`${behind}<div role="dialog" aria-modal="true" aria-label="A">${button('Close')}</div>`),
  ).toEqual([])
})
