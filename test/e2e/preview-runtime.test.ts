import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { createPreview, type Preview } from '../../preview/build/serve'
import type { Phone } from '../../preview/runtime/phone'
import { launchBrowser } from '../support/browser'

interface SocketTask {
  onOpen(listener: (event: unknown) => void): void
  onMessage(listener: (event: { data: unknown }) => void): void
  onClose(listener: (event: unknown) => void): void
  onError(listener: (event: unknown) => void): void
  send(options: { data: string }): void
}

declare const window: { __phone?: Phone; wx: Record<string, (options?: object) => Promise<unknown>> }

const FIXTURE = path.resolve(__dirname, '../fixtures/preview-app')

let browser: Browser
let preview: Preview
let server: http.Server
let echo: WebSocketServer
let origin: string
let page: Page
let root: string

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'preview-e2e-'))
  fs.cpSync(FIXTURE, root, { recursive: true })
  preview = createPreview({ root, watch: true, shell: false })
  server = http.createServer((request, response) => {
    if (request.url?.startsWith('/functions/')) answerFunction(request, response)
    else if (request.url === '/slow') return
    else if (!preview.handle(request, response)) response.writeHead(404).end()
  })
  echo = new WebSocketServer({ server })
  echo.on('connection', (socket) => socket.on('message', (data) => socket.send(data.toString())))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
  await preview.ready
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await preview?.close()
  for (const client of echo?.clients ?? []) client.terminate()
  server?.closeAllConnections()
  server?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

afterEach(() => page?.context().close())

/** Stands for the gateway: says who called and with what. */
function answerFunction(request: http.IncomingMessage, response: http.ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const event: unknown = JSON.parse(Buffer.concat(chunks).toString())
    response.end(JSON.stringify({ result: { caller: request.headers['x-dev-openid'], event }, serverNow: 1 }))
  })
}

async function open(query = ''): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } })
  context.setDefaultTimeout(5000)
  page = await context.newPage()
  await page.goto(`${origin}/phone.html?user=alice${query}`)
  await page.waitForFunction(() => window.__phone)
  await page.evaluate(() => window.__phone?.ready)
}

/** The node with this id in WXML, on the visible page. */
const node = (id: string): Locator => page.locator(`.page:last-child [exparser\\:info-attr-id="${id}"]`)
const log = async () => (await node('log').textContent()) ?? ''
const problems = () => page.evaluate(() => window.__phone?.problems ?? [])
const routes = () => page.evaluate(() => window.__phone?.routes ?? [])

/** Waits until a condition holds in the page; fails with what was there instead. */
const until = (text: RegExp, locator: Locator) => locator.filter({ hasText: text }).waitFor()

describe('the preview runtime in a browser', () => {
  test('a page shows data, wxs, loops, slots, generics and shared styles', async () => {
    await open()
    expect(await node('title').textContent()).toBe('count 1 twice 2')
    expect(await page.locator('.item').allTextContents()).toEqual(['0:first', '1:second'])
    expect(await page.getByText(/^row /).allTextContents()).toEqual(['row first', 'row second'])
    expect(await node('card').textContent()).toBe('T1 attached readyfoot text')
    const style = await node('half').evaluate((e) => [getComputedStyle(e).width, getComputedStyle(e).marginLeft])
    expect(style).toEqual(['187.5px', '37.5px'])
    expect(await node('title').evaluate((e) => getComputedStyle(e).color)).toBe('rgb(200, 0, 0)')
    expect(await problems()).toEqual([])
  })

  test('the phone is ready within a second of its navigation, also on a busy machine', async () => {
    await open()
    expect(await page.evaluate(() => window.__phone?.stats.readyAt)).toBeLessThan(1000)
  })

  test('taps carry datasets, a disabled button swallows them, catch stops them', async () => {
    await open()
    await node('add').click()
    await until(/^count 3 twice 6$/, node('title'))
    await node('off').click({ force: true })
    await node('inner').click()
    await until(/tap:inner/, node('log'))
    expect(await node('title').textContent()).toBe('count 3 twice 6')
    expect(await log()).not.toContain('outer')
    await node('card').click({ position: { x: 20, y: 12 } })
    await until(/picked:T3/, node('log'))
  })

  test('a mouse makes touches, and a long press keeps the tap away', async () => {
    await open()
    await node('press').hover()
    await page.mouse.down()
    await until(/touch:1.*longpress/, node('log'))
    await page.mouse.up()
    await node('press').click()
    await until(/tap:press/, node('log'))
    expect((await log()).match(/tap:press/g)).toHaveLength(1)
  })

  test('a pressed button wears its hover class', async () => {
    await open()
    await node('add').hover()
    await page.mouse.down()
    await page.waitForFunction(
      (e) => e !== null && getComputedStyle(e).backgroundColor === 'rgb(1, 2, 3)',
      await node('add').elementHandle(),
    )
    await page.mouse.up()
  })

  test('a form collects its fields; two-way binding and maxlength hold', async () => {
    await open()
    await node('name').locator('input').fill('benjamin')
    await until(/typed:benja$/, node('log'))
    await node('two-way').locator('input').fill('changed')
    await until(/^changed$/, node('word'))
    await node('agree-label').click({ position: { x: 70, y: 12 } })
    await node('large').click()
    await node('tag-b').click()
    await node('send').click()
    await until(/name/, node('submitted'))
    expect(JSON.parse((await node('submitted').textContent()) ?? '')).toEqual({
      name: 'benja',
      agree: true,
      size: 'l',
      tags: ['b'],
      level: 30,
    })
  })

  test('a placeholder wears its class and style until there is text', async () => {
    await open()
    const looks = (id: string) =>
      node(id)
        .locator('.wx-placeholder')
        .evaluate((e) => {
          const { color, fontSize, display } = getComputedStyle(e)
          return { color, fontSize, display, text: getComputedStyle(e, '::before').content }
        })
    expect(await looks('faint-line')).toMatchObject({ color: 'rgb(4, 5, 6)', display: 'flex', text: '"one line"' })
    expect(await looks('faint-lines')).toMatchObject({ color: 'rgb(4, 5, 6)', fontSize: '20px', text: '"lines"' })
    await node('faint-line').locator('input').fill('x')
    expect(await looks('faint-line')).toMatchObject({ display: 'none' })
  })

  test('pages are told of load, show, ready, hide in order; the query reaches options and properties', async () => {
    await open()
    await until(/load show ready/, node('log'))
    await node('go').click()
    await until(/^7 a%20b/, node('query'))
    expect(await node('query').textContent()).toBe('7 a%20b  load:7 show')
    expect(await routes()).toEqual(['pages/home/home', 'pages/detail/detail'])
    await page.getByRole('button', { name: '返回' }).click()
    await until(/hide show$/, node('log'))
    expect(await routes()).toEqual(['pages/home/home'])
  })

  test('onLoad finds its own page: it may name it', async () => {
    await open()
    await node('go').click()
    await page.locator('.page:last-child .nav-title').getByText('Detail of 7').waitFor()
    expect(await page.locator('.page:first-child .nav-title').textContent()).toBe('Home')
  })

  test('bars and background follow the system into the dark and back, but not what the page has coloured itself', async () => {
    await open()
    const colours = () =>
      page.evaluate(() => {
        const styleOf = (selector: string) => {
          const element = document.querySelector<HTMLElement>(selector)
          return element ? getComputedStyle(element).backgroundColor : 'missing'
        }
        const { style } = document.querySelector<HTMLElement>('.status-bar')?.dataset ?? {}
        const info = window.wx.getAppBaseInfo?.() as unknown as { theme: string } | undefined
        return { bar: styleOf('.nav-bar'), frame: styleOf('.page-frame'), style, theme: info?.theme }
      })
    const light = { bar: 'rgb(255, 255, 255)', frame: 'rgb(244, 244, 244)', style: 'black', theme: 'light' }
    const dark = { bar: 'rgb(16, 18, 20)', frame: 'rgb(22, 24, 26)', style: 'white', theme: 'dark' }
    expect(await colours()).toEqual(light)
    const system = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme })
      await page.locator(`.phone[data-theme=${colorScheme}]`).waitFor()
    }
    await system('dark')
    expect(await colours()).toEqual(dark)
    await page.evaluate(() => window.wx.setNavigationBarColor?.({ frontColor: '#000000', backgroundColor: '#ff0000' }))
    expect(await colours()).toEqual({ ...dark, bar: 'rgb(255, 0, 0)', style: 'black' })
    await system('light')
    expect(await colours()).toEqual({ ...light, bar: 'rgb(255, 0, 0)' })
  })

  test('a custom navigation bar gives the page the whole screen', async () => {
    await open()
    await node('link').click()
    await node('bare').waitFor()
    expect(await node('bare').evaluate((e) => e.getBoundingClientRect().height)).toBe(812)
    expect(await page.evaluate(() => window.wx.getWindowInfo?.())).toMatchObject({
      windowHeight: 812,
      statusBarHeight: 44,
    })
  })

  test('pulling the page down refreshes it; reaching its end is told', async () => {
    await open()
    await page.mouse.move(180, 100)
    await page.mouse.down()
    await page.mouse.move(180, 200, { steps: 5 })
    await page.mouse.move(180, 320, { steps: 5 })
    await page.mouse.up()
    await until(/pull/, node('log'))
    await page.locator('.page-scroll').evaluate((e) => e.scrollTo(0, e.scrollHeight))
    await until(/bottom/, node('log'))
  })

  test('a scroll view goes to a node and tells its end', async () => {
    await open()
    await page.evaluate(() => {
      const pages = (globalThis as unknown as { getCurrentPages(): { setData(d: object): void }[] }).getCurrentPages()
      pages[0]?.setData({ into: 's20' })
    })
    const box = node('scroll').locator('.wx-scroll')
    await page.waitForFunction((e) => e?.scrollTop === 400, await box.elementHandle())
    await box.evaluate((e) => e.scrollTo(0, e.scrollHeight))
    await until(/lower/, node('log'))
  })

  test('a 2d canvas is reached by a selector query and can be drawn on', async () => {
    await open()
    await until(/canvas:ok/, node('log'))
  })

  test('aria attributes reach the DOM', async () => {
    await open()
    expect(await page.getByRole('button', { name: 'labelled' }).textContent()).toBe('aria')
  })

  test('toast, modal and action sheet look and answer as in WeChat', async () => {
    await open()
    await page.evaluate(() => window.wx.showToast?.({ title: 'saved' }))
    expect(await page.getByRole('status').textContent()).toBe('saved')
    await page.getByRole('status').waitFor({ state: 'detached' })

    const modal = page.evaluate(() => window.wx.showModal?.({ title: 'Sure?', content: 'x', editable: true }))
    await page.getByRole('dialog').locator('textarea').fill('typed')
    await page.getByRole('button', { name: '确定' }).click()
    expect(await modal).toMatchObject({ confirm: true, cancel: false, content: 'typed', errMsg: 'showModal:ok' })

    const sheet = page.evaluate(() => window.wx.showActionSheet?.({ itemList: ['one', 'two'] }))
    await page.getByRole('button', { name: 'two' }).click()
    expect(await sheet).toMatchObject({ tapIndex: 1 })

    const refused = page.evaluate(() => window.wx.showActionSheet?.({ itemList: ['one'] }).catch((e: unknown) => e))
    await page.getByRole('button', { name: '取消' }).click()
    expect(await refused).toEqual({ errMsg: 'showActionSheet:fail cancel' })
  })

  test('a scope is asked for once, remembered, and can be denied from outside', async () => {
    await open()
    const asked = page.evaluate(() => window.wx.authorize?.({ scope: 'scope.camera' }))
    await page.getByRole('button', { name: '允许' }).click()
    expect(await asked).toEqual({ errMsg: 'authorize:ok' })
    await page.evaluate(() => window.__phone?.faults.camera(false))
    const denied = page.evaluate(() => window.wx.authorize?.({ scope: 'scope.camera' }).catch((e: unknown) => e))
    expect(await denied).toEqual({ errMsg: 'authorize:fail auth deny' })
    expect(await page.evaluate(() => window.wx.getSetting?.())).toMatchObject({
      authSetting: { 'scope.camera': false, 'scope.record': false },
    })
  })

  test('a cloud call carries the user, is counted, and fails as in WeChat when offline', async () => {
    await open()
    const call = () =>
      page.evaluate(() => {
        const { callFunction } = window.wx.cloud as unknown as { callFunction(o: object): Promise<unknown> }
        return callFunction({ name: 'room', data: { action: 'list' } }).catch((e: unknown) => e)
      })
    expect(await call()).toMatchObject({
      result: { result: { caller: 'alice', event: { action: 'list' } }, serverNow: 1 },
    })
    expect(await page.evaluate(() => window.__phone?.stats.cloudCalls)).toMatchObject([
      { name: 'room', action: 'list' },
    ])
    await page.evaluate(() => window.__phone?.faults.offline(true))
    expect(await call()).toMatchObject({ errMsg: expect.stringMatching(/^cloud\.callFunction:fail .*request:fail/) })
    expect(await page.evaluate(() => window.wx.getNetworkType?.())).toMatchObject({ networkType: 'none' })
  })

  test('a socket is cut when the phone goes offline, without waiting for the other side', async () => {
    await open()
    const seen = await page.evaluate(
      async (url) => {
        const socket = connect(url)
        const opened = new Promise((resolve) => socket.onOpen(resolve))
        const closed = new Promise((resolve) => socket.onClose(resolve))
        const failed = new Promise((resolve) => socket.onError(resolve))
        await opened
        const answer = new Promise<{ data: unknown }>((resolve) => socket.onMessage(resolve))
        socket.send({ data: 'hello' })
        const { data } = await answer
        window.__phone?.faults.offline(true)
        const events = await Promise.all([closed, failed])
        const refused = await new Promise((resolve) => connect(url).onClose(resolve))
        return { data, events, refused }

        function connect(address: string): SocketTask {
          return window.wx.connectSocket?.({ url: address, fail() {} }) as unknown as SocketTask
        }
      },
      origin.replace('http', 'ws'),
    )
    expect(seen).toEqual({
      data: 'hello',
      events: [{ code: 1006, reason: 'abnormal closure' }, { errMsg: 'connectSocket:fail' }],
      refused: { code: 1006, reason: 'abnormal closure' },
    })
  })

  test('a socket opened while offline never reaches a server, however near it is', async () => {
    await open()
    let accepted = 0
    const count = () => accepted++
    echo.on('connection', count)
    const events = await page.evaluate(
      async (url) => {
        window.__phone?.faults.offline(true)
        const seen: string[] = []
        for (let i = 0; i < 20; i += 1) {
          await new Promise<void>((resolve) => {
            const socket = window.wx.connectSocket?.({ url, fail() {} }) as unknown as SocketTask
            socket.onOpen(() => seen.push('open'))
            socket.onError(() => seen.push('error'))
            socket.onClose((event) => resolve(void seen.push(`close ${(event as { code: number }).code}`)))
          })
        }
        return [...new Set(seen)]
      },
      origin.replace('http', 'ws'),
    )
    expect(events).toEqual(['error', 'close 1006'])
    echo.off('connection', count)
    expect(accepted).toBe(0)
  })

  test('five seconds in the background end what runs and refuse what begins, until the app is back', async () => {
    await open()
    const seen = await page.evaluate(
      async ([slow, file, ws]) => {
        const request = (url: string) =>
          new Promise<unknown>((resolve) => void window.wx.request?.({ url, success: resolve, fail: resolve }))
        const connect = () => window.wx.connectSocket?.({ url: ws, fail() {} }) as unknown as SocketTask
        const call = () =>
          (window.wx.cloud as unknown as { callFunction(o: object): Promise<unknown> })
            .callFunction({ name: 'room', data: {} })
            .catch((error: unknown) => error)
        const socket = connect()
        const cut = new Promise((resolve) => socket.onClose(resolve))
        await new Promise((resolve) => socket.onOpen(resolve))
        const running = request(slow)
        window.__phone?.faults.background(true)
        const ended = [await running, await cut]
        const refused = [await request(file), await call(), await new Promise((resolve) => connect().onError(resolve))]
        window.__phone?.faults.background(false)
        await new Promise((resolve) => connect().onOpen(resolve))
        return { ended, refused, back: await request(file) }
      },
      [`${origin}/slow`, `${origin}/phone.html`, origin.replace('http', 'ws')] as const,
    )
    const interrupted = { errMsg: 'request:fail interrupted', errno: 600_003 }
    expect(seen).toEqual({
      ended: [interrupted, { code: 1006, reason: 'abnormal closure' }],
      refused: [
        interrupted,
        {
          errMsg: 'cloud.callFunction:fail errCode: -1 | errMsg: request:fail interrupted',
          errCode: -1,
        },
        { errMsg: 'connectSocket:fail interrupted' },
      ],
      back: expect.objectContaining({ statusCode: 200 }),
    })
  })

  test('a slow network delays frames both ways and lets none overtake', async () => {
    await open()
    const { answers, took } = await page.evaluate(
      async (url) => {
        const socket = window.wx.connectSocket?.({ url, fail() {} }) as unknown as SocketTask
        await new Promise((resolve) => socket.onOpen(resolve))
        window.__phone?.faults.slow(true)
        const begun = performance.now()
        const answers: unknown[] = []
        const all = new Promise<void>((resolve) =>
          socket.onMessage(({ data }) => answers.push(data) === 3 && resolve()),
        )
        for (const data of ['1', '2', '3']) socket.send({ data })
        await all
        return { answers, took: performance.now() - begun }
      },
      origin.replace('http', 'ws'),
    )
    expect(answers).toEqual(['1', '2', '3'])
    expect(took).toBeGreaterThan(790)
  })

  test('a sixth socket is refused', async () => {
    await open()
    const reason = await page.evaluate(
      async (url) => {
        for (let i = 0; i < 5; i += 1) window.wx.connectSocket?.({ url, fail() {} })
        return new Promise((fail) => window.wx.connectSocket?.({ url, fail }))
      },
      origin.replace('http', 'ws'),
    )
    expect(reason).toEqual({ errMsg: 'connectSocket:fail exceed max task count' })
  })

  test('a request that gets no answer fails with timeout, an offline one at once', async () => {
    await open()
    const fail = (url: string, options: object) =>
      page.evaluate(([u, o]) => new Promise((done) => void window.wx.request?.({ ...o, url: u, fail: done })), [
        url,
        options,
      ] as const)
    expect(await fail(`${origin}/slow`, { timeout: 200 })).toEqual({ errMsg: 'request:fail timeout', errno: 5 })
    await page.evaluate(() => window.__phone?.faults.offline(true))
    expect(await fail(`${origin}/phone.html`, {})).toEqual({ errMsg: 'request:fail', errno: 600_001 })
  })

  test('setData is counted in calls and bytes', async () => {
    await open()
    const before = await page.evaluate(() => window.__phone?.stats.setDataCalls ?? 0)
    await node('add').click()
    await until(/^count 3/, node('title'))
    const after = await page.evaluate(() => [window.__phone?.stats.setDataCalls, window.__phone?.stats.setDataMaxBytes])
    expect(after[0]).toBe(before + 1)
    expect(after[1]).toBeGreaterThan('{"count":3}'.length)
  })

  test('the background hides page and app and comes back; close of the capsule is the same', async () => {
    await open()
    await page.getByRole('button', { name: '关闭' }).click()
    await page.getByText('小程序在后台运行').waitFor()
    await page.evaluate(() => window.__phone?.faults.background(false))
    await until(/hide show$/, node('log'))
    const seen = await page.evaluate(
      () => (globalThis as unknown as { getApp(): { globalData: { seen: string[] } } }).getApp().globalData.seen,
    )
    expect(seen).toEqual(['launch pages/home/home', 'app show', 'app hide', 'app show'])
  })

  test('a phone call interrupts the audio of the app, and its end is told', async () => {
    await open()
    const told = await page.evaluate(() => {
      const seen: string[] = []
      const wx = window.wx as unknown as Record<string, (listener: () => void) => void>
      wx.onAudioInterruptionBegin?.(() => seen.push('begin'))
      wx.onAudioInterruptionEnd?.(() => seen.push('end'))
      for (const on of [true, true, false]) window.__phone?.faults.call(on)
      return seen
    })
    expect(told).toEqual(['begin', 'end'])
  })

  test('a killed app says so and a tap opens it again', async () => {
    await open('&page=/pages/detail/detail?id=9')
    await Promise.all([page.waitForURL(/killed=1/), page.evaluate(() => window.__phone?.faults.kill())])
    await page.getByText('小程序已被结束').waitFor()
    expect(await page.evaluate(() => window.__phone?.running)).toBe(false)
    await page.getByRole('button', { name: '打开' }).click()
    await until(/^9 /, node('query'))
  })

  test('the share button offers the card of the page', async () => {
    await open()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: '转发给朋友' }).click()
    expect(await page.locator('.share-card').textContent()).toContain('/pages/detail/detail?id=7')
  })

  test('a wx name that the preview lacks and a script error are shown in red', async () => {
    await open()
    await page.evaluate(() => {
      void window.wx.notThere
      setTimeout(() => {
        throw new Error('broken on purpose')
      })
    })
    await page.getByRole('alert').getByText('broken on purpose').first().waitFor()
    expect((await problems())[0]).toBe('wx.notThere is not in the preview')
  })

  test('a small phone has no notch and everything still fits', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 568 } })
    context.setDefaultTimeout(5000)
    page = await context.newPage()
    await page.goto(`${origin}/phone.html?user=bob`)
    await node('title').waitFor()
    expect(await page.evaluate(() => window.wx.getWindowInfo?.())).toMatchObject({
      statusBarHeight: 20,
      windowHeight: 504,
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })

  test('a saved file is on the phone within two seconds; a broken one is told in full', async () => {
    await open()
    const file = path.join(root, 'pages/home/home.wxml')
    const source = fs.readFileSync(file, 'utf8')
    const begun = Date.now()
    fs.writeFileSync(file, source.replace('count {{count}}', 'saved {{count}}'))
    await until(/^saved 1/, node('title'))
    expect(Date.now() - begun).toBeLessThan(2000)
    fs.writeFileSync(file, `<oops />${source}`)
    await page.getByText('pages/home/home.wxml:1 unknown tag <oops>').waitFor()
    fs.writeFileSync(file, source)
    await until(/^count 1/, node('title'))
  })
})
