import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import fc from '../../support/property'
import { type StorageServer, startStorage } from './storage-server'

let server: StorageServer
beforeAll(async () => {
  server = await startStorage()
  cloud.init({ env: 'local' })
})
afterAll(() => server.stop())

const node = () => tcb.init({ env: 'local' })
const bytes = Buffer.from([137, 80, 78, 71, 0, 255])
const upload = async (cloudPath: string, fileContent: Buffer = bytes) =>
  (await cloud.uploadFile({ cloudPath, fileContent })).fileID
const urlOf = async (fileID: string, maxAge = 60) =>
  (await node().getTempFileURL({ fileList: [{ fileID, maxAge }] })).fileList[0]?.tempFileURL ?? ''
// The vendor's typings allow `void`, which only callers with callbacks get.
const urls = async (fileList: string[]) => ((await cloud.getTempFileURL({ fileList })) ?? fail()).fileList
const remove = async (fileList: string[]) => ((await cloud.deleteFile({ fileList })) ?? fail()).fileList
const fail = (): never => {
  throw new Error('no answer')
}
const ID = /^cloud:\/\/local\.[\w-]+\//

describe('through wx-server-sdk', () => {
  test('a file goes up, has a URL, comes down and is deleted', async () => {
    const fileID = await upload('covers/one.png')
    expect(fileID).toMatch(ID)
    expect(fileID.endsWith('/covers/one.png')).toBe(true)
    const fileList = await urls([fileID])
    expect(fileList).toEqual([
      {
        fileID,
        status: 0,
        errMsg: 'ok',
        maxAge: 86_400,
        tempFileURL: expect.stringContaining('/covers/one.png?sign='),
      },
    ])
    expect(Buffer.from(await (await fetch(fileList[0]?.tempFileURL ?? '')).arrayBuffer())).toEqual(bytes)
    expect((await cloud.downloadFile({ fileID })).fileContent).toEqual(bytes)
    expect(await remove([fileID])).toEqual([{ fileID, status: 0, errMsg: 'ok' }])
    await expect(cloud.downloadFile({ fileID })).rejects.toMatchObject({
      errMsg: expect.stringContaining('not exists'),
    })
  })

  test('a missing file and a foreign id are told one by one, with the SDK’s numbers', async () => {
    const fileID = await upload('there.png')
    const missing = fileID.replace('there', 'nowhere')
    const list = [fileID, missing, 'cloud://other.1/x.png']
    expect(await urls(list)).toMatchObject([
      { fileID, status: 0 },
      { fileID: missing, status: -503003, tempFileURL: '' },
      { status: -501007 },
    ])
    expect(await remove(list)).toMatchObject([{ status: 0 }, { status: -503003 }, { status: -501007 }])
  })

  test('names in any language, with blanks and signs, come back as they went', async () => {
    const fileID = await upload('封面/我的 房间 (1)+&=.jpg')
    expect((await cloud.downloadFile({ fileID })).fileContent).toEqual(bytes)
  })

  test.each([
    '/abs.png',
    '../up.png',
    'a/../../b.png',
    'a//b.png',
    './a.png',
    'a\\b.png',
    'a?b.png',
    'a#b',
    'x'.repeat(851),
  ])('the path %# is refused', async (cloudPath) => {
    await expect(upload(cloudPath)).rejects.toMatchObject({ errMsg: expect.stringContaining('cloudPath') })
  })
})

describe('through @cloudbase/node-sdk', () => {
  test('a stream goes up, and its file is replaced by the next one', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'upload-'))
    writeFileSync(join(dir, 'a.txt'), 'first')
    const fileContent = createReadStream(join(dir, 'a.txt'))
    const { fileID } = await node().uploadFile({ cloudPath: 'notes/a.txt', fileContent })
    await node().uploadFile({ cloudPath: 'notes/a.txt', fileContent: Buffer.from('second') })
    rmSync(dir, { recursive: true })
    expect(String((await node().downloadFile({ fileID })).fileContent)).toBe('second')
  })

  test('an empty file is a file', async () => {
    const fileID = await upload('empty.txt', Buffer.alloc(0))
    expect((await node().downloadFile({ fileID })).fileContent).toHaveLength(0)
  })

  test('getFileInfo learns type and size', async () => {
    const fileID = await upload('info.png')
    const { fileList } = await node().getFileInfo({ fileList: [fileID] })
    expect(fileList).toMatchObject([
      { code: 'SUCCESS', contentType: 'image/png', size: bytes.length, fileName: 'info.png' },
    ])
  })

  test('a file of more than 20 MB is refused, and says so', async () => {
    const fileContent = Buffer.alloc(20 * 1024 * 1024 + 1)
    const refused = { code: 'STORAGE_REQUEST_FAIL', message: expect.stringContaining('20 MB') }
    await expect(node().uploadFile({ cloudPath: 'large.bin', fileContent })).rejects.toMatchObject(refused)
    expect(await urlOf((await upload('small.bin')).replace('small', 'large'))).toBe('')
  })

  test('more than 50 files in one call are refused', async () => {
    const fileList = Array.from({ length: 51 }, () => 'cloud://x')
    await expect(node().deleteFile({ fileList })).rejects.toMatchObject({ code: 'INVALID_PARAM' })
  })

  test('uploads of one path at the same time leave one of them whole', async () => {
    const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(70_000, i))
    const ids = await Promise.all(contents.map((content) => upload('same.bin', content)))
    const { fileContent } = await node().downloadFile({ fileID: ids[0] ?? '' })
    expect(contents.some((content) => content.equals(fileContent as Buffer))).toBe(true)
  })
})

describe('URLs', () => {
  test('end when their time is over, and hold for their own file only', async () => {
    const url = await urlOf(await upload('timed.png'), 60)
    expect((await fetch(url)).status).toBe(200)
    await upload('other.png')
    expect((await fetch(url.replace('timed', 'other'))).status).toBe(403)
    expect((await fetch(url.replace(/t=(\d+)/, 't=9$1'))).status).toBe(403)
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(403)
    server.clock.now += 61_000
    expect((await fetch(url)).status).toBe(403)
    server.clock.now -= 61_000
  })

  test('do not let anybody write', async () => {
    const url = await urlOf(await upload('readonly.png'))
    const { search } = new URL(url)
    for (const authorization of ['', search.slice(1)]) {
      expect((await fetch(url, { method: 'PUT', body: 'x', headers: { authorization } })).status).toBe(403)
    }
    expect((await cloud.downloadFile({ fileID: await upload('readonly.png') })).fileContent).toEqual(bytes)
  })

  test.each(['page.html', 'drawing.svg', 'run.js', 'data.xml', 'noext', 'x.HTML'])('%s never runs', async (name) => {
    const response = await fetch(await urlOf(await upload(`evil/${name}`, Buffer.from('<script>alert(1)</script>'))))
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toBe('attachment')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('an image is shown as what it is, and framed or sniffed as nothing else', async () => {
    const { headers } = await fetch(await urlOf(await upload('shown.JPG')))
    expect(headers.get('content-type')).toBe('image/jpeg')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })
})

describe('the folder', () => {
  test('keeps files and URLs over a restart, and forgets what was half written', async () => {
    const fileID = await upload('kept.png')
    const url = await urlOf(fileID)
    writeFileSync(join(server.dir, 'half.data.0.tmp'), 'half')
    await server.reopen()
    expect((await fetch(url)).status).toBe(200)
    expect(readdirSync(server.dir).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('a link in the place of a file is no file', async () => {
    const fileID = await upload('linked.txt', Buffer.from('mine'))
    const name = readdirSync(server.dir).find(
      (one) => one.endsWith('.data') && readFileSync(join(server.dir, one), 'utf8') === 'mine',
    )
    rmSync(join(server.dir, String(name)))
    symlinkSync('/etc/hostname', join(server.dir, String(name)))
    expect(await urlOf(fileID)).toBe('')
  })

  test('whatever the path, nothing is written outside of it, and the answer is a file id or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.constantFrom('..', '%2e%2e/x', '\u0000')),
        async (path) => {
          const answer = await fetch(`${server.base}/storage/upload?cloudPath=${encodeURIComponent(path)}`, {
            method: 'POST',
            headers: { 'x-dev-openid': 'fuzz' },
            body: 'x',
          })
          expect([200, 400]).toContain(answer.status)
        },
      ),
      { numRuns: 150 },
    )
    expect(readdirSync(server.dir).every((name) => /^([0-9a-f]{64}\.(data|json)|secret)$/.test(name))).toBe(true)
  })
})
