import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type CloudStorage, openStorage } from '../../local/cloudbase'
import { createPreview, type Preview } from '../../preview/build/serve'
import type { Phone } from '../../preview/runtime/phone'
import { launchBrowser } from '../support/browser'

type Call = (options: object) => Promise<Record<string, unknown>>
declare const window: { __phone?: Phone; wx: { cloud: Record<string, Call> } }

/** A mini program of one page: pick a picture, upload it, show it by its cloud id. */
const APP: Record<string, string> = {
  'app.json': '{ "pages": ["pages/home/home"] }',
  'app.ts': 'App({})',
  'pages/home/home.json': '{}',
  'pages/home/home.wxml': `<button id="media" bindtap="media">media</button><button id="image" bindtap="image">image</button>
    <text id="told">{{told}}</text><image id="picture" src="{{src}}" bindload="loaded" />`,
  'pages/home/home.ts': `Page({
    data: { told: '', src: '' },
    async media() {
      try {
        const { tempFiles, type } = await wx.chooseMedia({ count: 1, mediaType: ['image'] })
        const [{ tempFilePath, size, width, height }] = tempFiles
        const extension = tempFilePath.match(/\\.[^.]+?$/)?.[0]
        wx.cloud.uploadFile({
          cloudPath: 'covers/one' + extension,
          filePath: tempFilePath,
          success: ({ fileID }) => this.setData({ src: fileID, told: [type, size, width, height, extension].join() }),
          fail: ({ errMsg }) => this.setData({ told: errMsg }),
        })
      } catch (error) {
        this.setData({ told: error.errMsg })
      }
    },
    async image() {
      const { tempFilePaths } = await wx.chooseImage({ count: 2 })
      this.setData({ told: String(tempFilePaths.length), src: tempFilePaths[0] })
    },
    loaded(event) { this.setData({ told: this.data.told + ' ' + event.detail.width + 'x' + event.detail.height }) },
  })`,
}
/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)

let root: string
let browser: Browser
let preview: Preview
let storage: CloudStorage
let server: http.Server
let origin: string

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cloud-files-'))
  for (const [name, text] of Object.entries(APP)) {
    fs.mkdirSync(path.dirname(path.join(root, 'app', name)), { recursive: true })
    fs.writeFileSync(path.join(root, 'app', name), text)
  }
  storage = openStorage({ dir: path.join(root, 'storage'), env: 'local', base: () => origin })
  preview = createPreview({ root: path.join(root, 'app'), shell: false })
  server = http.createServer((request, response) => {
    if (!storage.handle(request, response) && !preview.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
  await preview.ready
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await preview?.close()
  await storage?.close()
  server?.closeAllConnections()
  server?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function open(user: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${origin}/phone.html?user=${user}`)
  await page.waitForFunction(() => window.__phone)
  await page.evaluate(() => window.__phone?.ready)
  return page
}
/** The node with this id in WXML. */
const node = (page: Page, id: string) => page.locator(`[exparser\\:info-attr-id="${id}"]`)
const told = (page: Page, text: string) => node(page, 'told').filter({ hasText: text }).waitFor()

/** Calls `wx.cloud.NAME` in the page; a failure comes back as its result object. */
const call = (page: Page, name: string, options: object) =>
  page.evaluate(
    ([method, given]) => window.wx.cloud[method]?.(given).catch((failure: Record<string, unknown>) => failure),
    [name, options] as const,
  )
/** Uploads text from the page. */
const upload = (page: Page, cloudPath: string, body: string) =>
  page.evaluate(
    ([to, text]) =>
      window.wx.cloud
        .uploadFile?.({ cloudPath: to, filePath: URL.createObjectURL(new Blob([text])) })
        .catch((failure: Record<string, unknown>) => failure),
    [cloudPath, body] as const,
  )

test('a picture is chosen, uploaded and shown by its cloud id', async () => {
  const page = await open('alice')
  const chooser = page.waitForEvent('filechooser')
  await node(page, 'media').click()
  await (await chooser).setFiles({ name: 'My Cat.PNG', mimeType: 'image/png', buffer: PNG })
  await told(page, `image,${PNG.length},1,1,.PNG`)
  await told(page, '1x1')
  const shown = await node(page, 'picture').locator('img').getAttribute('src')
  expect(shown).toBe(`/storage/open?id=${encodeURIComponent('cloud://local.6c6f-local-1250000000/covers/one.PNG')}`)
  expect(await page.evaluate(() => window.__phone?.problems)).toEqual([])
  await page.context().close()
})

test('several pictures are chosen, and shown before any upload', async () => {
  const page = await open('alice')
  const chooser = page.waitForEvent('filechooser')
  await node(page, 'image').click()
  const file = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG })
  await (await chooser).setFiles([file('a.png'), file('b.png'), file('c.png')])
  await told(page, '2 1x1')
  await page.context().close()
})

test('the uploader alone may replace and delete his file; everybody reads it', async () => {
  const [alice, bob] = [await open('alice'), await open('bob')]
  const mine = await upload(alice, 'notes/mine.txt', 'hers')
  expect(mine).toMatchObject({ errMsg: 'cloud.uploadFile:ok', statusCode: 200 })
  const fileID = String(mine?.fileID)
  const list = { fileList: [fileID] }
  expect(await upload(bob, 'notes/mine.txt', 'his')).toMatchObject({ errCode: -503002 })
  expect(await call(bob, 'deleteFile', list)).toMatchObject({ fileList: [{ fileID, status: -503002 }] })
  const { fileList } = (await call(bob, 'getTempFileURL', list)) as { fileList: { tempFileURL: string }[] }
  const [entry] = fileList
  expect(entry).toMatchObject({ status: 0, errMsg: 'ok', maxAge: 86_400 })
  expect(await (await fetch(entry?.tempFileURL ?? '')).text()).toBe('hers')
  expect(await call(bob, 'downloadFile', { fileID })).toMatchObject({
    tempFilePath: expect.stringMatching(/^blob:.*\.txt$/),
    statusCode: 200,
  })
  expect(await upload(alice, 'notes/mine.txt', 'hers again')).toMatchObject({ fileID })
  expect(await call(alice, 'deleteFile', list)).toMatchObject({ fileList: [{ fileID, status: 0 }] })
  expect(await call(alice, 'getTempFileURL', list)).toMatchObject({ fileList: [{ status: -503003, tempFileURL: '' }] })
  await Promise.all([alice.context().close(), bob.context().close()])
})

test('what cannot be uploaded fails in words: no file, a bad path, no network, an abort', async () => {
  const page = await open('alice')
  expect(await call(page, 'uploadFile', { cloudPath: 'a.txt', filePath: 'blob:nothing' })).toMatchObject({
    errMsg: expect.stringContaining("cloud.uploadFile:fail file doesn't exist"),
  })
  expect(await upload(page, '../a.txt', 'x')).toMatchObject({ errCode: -501007 })
  const aborted = page.evaluate(
    () =>
      new Promise((resolve) => {
        const filePath = URL.createObjectURL(new Blob(['x']))
        const task = window.wx.cloud.uploadFile?.({ cloudPath: 'b.txt', filePath, fail: resolve, success: resolve })
        ;(task as unknown as { abort(): void }).abort()
      }),
  )
  expect(await aborted).toMatchObject({ errMsg: expect.stringContaining('abort') })
  await page.evaluate(() => window.__phone?.faults.offline(true))
  expect(await upload(page, 'a.txt', 'x')).toMatchObject({ errCode: -1 })
  await page.context().close()
})
