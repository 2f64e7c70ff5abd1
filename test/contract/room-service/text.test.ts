import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTextCheck, type TextConfig } from '../../../cloudfunctions/adapters/text'
import { CONTENT_MAX, createWxCheck, PER_SECOND, type WxQuestion } from '../../../cloudfunctions/adapters/text-wx'
import { checkText } from '../../../cloudfunctions/core/text'
import { sdkEnv } from '../../../local/cloud-env'
import { config } from '../../support/room-config'
import { createVendors } from './vendors'
import { anna, refusal } from './world'

describe('M29: text that others will read', () => {
  const setup = (textFailClosed = false) => {
    const vendors = createVendors()
    vendors.badWords.push('awful')
    const log: string[] = []
    const deps = { text: vendors.text, config: { ...config, textFailClosed }, log: (line: string) => log.push(line) }
    return { vendors, log, check: (fields: Record<string, string | undefined>) => checkText(deps, anna, fields) }
  }

  it('passes what is fine, and asks nothing about what is absent or empty', async () => {
    const { vendors, check } = setup(true)
    await check({ title: 'A show', notice: 'welcome' })
    vendors.down.add('passes')
    await check({ title: undefined, notice: '' })
  })

  it('refuses what is not, and names the field', async () => {
    const { check } = setup()
    expect(await refusal(check({ title: 'A show', notice: 'how awful' }))).toEqual({
      code: 'text-refused',
      details: { field: 'notice' },
    })
  })

  it('lets text pass while the checker is down, and says so without the text', async () => {
    const { vendors, log, check } = setup()
    vendors.down.add('passes')
    await check({ title: 'how awful' })
    expect(log).toEqual(['the text check did not answer about title'])
  })

  it('refuses while the checker is down where the operator wants it closed', async () => {
    const { vendors, check } = setup(true)
    vendors.down.add('passes')
    expect((await refusal(check({ title: 'A show' }))).code).toBe('unavailable')
  })

  it('says a clear no even while another field could not be checked', async () => {
    const deps = {
      config: { ...config, textFailClosed: true },
      log: () => undefined,
      text: { passes: async (words: string) => (words === 'x' ? Promise.reject(new Error('down')) : false) },
    }
    expect((await refusal(checkText(deps, anna, { title: 'x', notice: 'y' }))).code).toBe('text-refused')
  })
})

describe('the list of words', () => {
  const by = { openid: null, scene: 'title' } as const
  const words = (list: string, wordsFile = '') =>
    createTextCheck({ check: 'words', words: list, wordsFile, env: 'test', review: 'pass' })

  it('finds a word whatever its width, case and spacing', async () => {
    const { passes } = words('Forbidden-Word, 禁用词')
    for (const text of [
      'a forbidden-word here',
      'FORBIDDEN-WORD',
      'ｆｏｒｂｉｄｄｅｎ－ｗｏｒｄ',
      'f o r b i d d e n - w o r d',
      'forbidden\u200b-wo\u00adrd',
      '这是禁 用　词',
    ]) {
      expect([text, await passes(text, by)]).toEqual([text, false])
    }
    for (const text of ['forbidden', 'word', '禁用', '用词', 'A show 🎸', '']) {
      expect([text, await passes(text, by)]).toEqual([text, true])
    }
  })

  it('refuses nothing when the list is empty or holds only separators', async () => {
    for (const list of ['', ' , ,，\n', '\u200b']) expect(await words(list).passes('anything', by)).toBe(true)
  })

  it('reads a file beside the list', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'words-'))
    const file = path.join(dir, 'words.txt')
    writeFileSync(file, 'first\r\nsecond word\n\n')
    const { passes } = words('third', file)
    rmSync(dir, { recursive: true })
    for (const text of ['First!', 'a SECONDWORD', 'third']) expect(await passes(text, by)).toBe(false)
    expect(await passes('second', by)).toBe(true)
  })

  it('is asked for nothing when the check is off', async () => {
    const off = createTextCheck({ check: 'off', words: 'bad', wordsFile: '', env: 'test', review: 'pass' })
    expect(await off.passes('bad', by)).toBe(true)
  })
})

describe("WeChat's check", () => {
  const asked: WxQuestion[] = []
  beforeEach(() => asked.splice(0))
  const wx = (answer: unknown, more: Partial<TextConfig> = {}) => {
    const ask = async (question: WxQuestion) => {
      asked.push(question)
      return answer
    }
    const base = { check: 'wx', words: 'listed', wordsFile: '', env: 'test', review: 'pass', ask } as const
    return createTextCheck({ ...base, ...more })
  }
  const suggests = (suggest: unknown) => ({ errCode: 0, result: { suggest, label: 100 } })
  const by = (scene: 'profile' | 'title' | 'chat') => ({ openid: 'openid-1', scene })

  it('asks version 2 about this person, with the scene of the text', async () => {
    const { passes } = wx(suggests('pass'))
    for (const scene of ['profile', 'chat', 'title'] as const) expect(await passes('hello', by(scene))).toBe(true)
    expect(asked).toEqual([1, 2, 3].map((scene) => ({ version: 2, openid: 'openid-1', scene, content: 'hello' })))
  })

  it('refuses what is risky, and what is to be reviewed only if the operator wants so', async () => {
    expect(await wx(suggests('risky')).passes('x', by('title'))).toBe(false)
    expect(await wx(suggests('review')).passes('x', by('title'))).toBe(true)
    expect(await wx(suggests('review'), { review: 'refuse' }).passes('x', by('title'))).toBe(false)
  })

  it('goes by the list first, and by the list alone where the OPENID is not known', async () => {
    const { passes } = wx(suggests('risky'))
    expect(await passes('a listed word', by('title'))).toBe(false)
    expect(await passes('a listed word', { openid: null, scene: 'chat' })).toBe(false)
    expect(await passes('anything else', { openid: null, scene: 'chat' })).toBe(true)
    expect(asked).toEqual([])
  })

  it('takes an answer that it does not understand for none', async () => {
    for (const answer of [undefined, null, {}, { result: null }, suggests(undefined), suggests('maybe'), 'pass']) {
      await expect(wx(answer).passes('x', by('title'))).rejects.toThrow('msgSecCheck suggests')
    }
  })

  it('M24: asks no more often than its share, and no text that is too long', async () => {
    let now = 0
    const { passes } = wx(suggests('pass'), { now: () => now })
    const results = await Promise.allSettled(Array.from({ length: PER_SECOND * 2 }, () => passes('x', by('title'))))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(PER_SECOND)
    now += 500
    await passes('x', by('title'))
    now += 1_000_000
    await expect(passes('x'.repeat(CONTENT_MAX + 1), by('title'))).rejects.toThrow('too long')
    expect(asked).toHaveLength(PER_SECOND + 1)
  })

  it('gives up on an answer that never comes', async () => {
    jest.useFakeTimers()
    try {
      const check = createWxCheck({ env: 'test', review: 'pass', ask: () => new Promise(() => undefined) })
      const late = expect(check('x', 'openid-1', 'title')).rejects.toThrow('did not answer')
      await jest.runAllTimersAsync()
      await late
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  it('goes through the real wx-server-sdk', async () => {
    const said: string[] = []
    const server = createServer((req, res) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk: Buffer) => chunks.push(chunk))
      req.on('end', () => {
        said.push(Buffer.concat(chunks).toString('latin1'))
        res.end(openapiAnswer({ errcode: 0, errmsg: 'ok', result: { suggest: 'risky', label: 20001 } }))
      })
    })
    await listen(server)
    const { port } = server.address() as AddressInfo
    Object.assign(process.env, sdkEnv(`http://127.0.0.1:${port}/admin`), { SILENCE: 'true' })
    try {
      expect(await createWxCheck({ env: 'test', review: 'pass' })('some words', 'openid-1', 'title')).toBe(false)
      expect(said[0]).toContain('security.msgSecCheck')
      expect(said[0]).toContain('some words')
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})

const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))

/** An answer as WeChat packs it: protobuf, with the body in field 1 and its content type in field 2. */
function openapiAnswer(body: object): Buffer {
  const field = (number: number, value: Buffer) => {
    if (value.length > 127) throw new Error('one length byte is enough here')
    return Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value])
  }
  return Buffer.concat([field(1, Buffer.from(JSON.stringify(body))), field(2, Buffer.from('application/json'))])
}
