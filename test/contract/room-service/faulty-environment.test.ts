import { type Functions, startFunctions } from './functions'

const start = async (env: Record<string, string>, work: (fns: Functions) => Promise<void>) => {
  const fns = await startFunctions(env)
  try {
    await work(fns)
  } finally {
    await fns.close()
  }
}

it('M19, M27: a missing variable is named in the log, and only there', () =>
  start({ LIVE_PUSH_KEY: '', WEB_TOKEN_SECRET: 'change-me' }, async (fns) => {
    const { error } = await fns.callRoom({ action: 'login' }, 'alice')
    expect(error).toEqual({
      code: 'internal',
      message: 'something went wrong on the server',
      requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    const logged = fns.log()
    expect(logged).toContain(error?.requestId)
    expect(logged).toContain('LIVE_PUSH_KEY')
    expect(logged).toContain('WEB_TOKEN_SECRET still holds a placeholder')
    const web = await fns.post('/http/web-room', '{}', { origin: 'https://desk.test', authorization: 'Bearer x' })
    expect(web.status).toBe(500)
    expect(await web.text()).not.toContain('LIVE_PUSH_KEY')
  }))

it('M19: a database that does not answer gives a code and a number to look for, no inside of ours', () =>
  start({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: 'http://127.0.0.1:9/admin' }) }, async (fns) => {
    const { error } = await fns.callRoom({ action: 'list' }, 'alice')
    expect(error?.code).toBe('internal')
    expect(JSON.stringify(error)).not.toMatch(/ECONN|127\.0\.0\.1|\.ts|node_modules/)
    expect(fns.log()).toContain('ECONNREFUSED')
    // and the streaming cloud is told to come again
    const roomId = 'r0123456789abcdef01234567'
    const stream_id = `${roomId}_1_${'0'.repeat(32)}`
    const answer = await fns.callback({ event_type: 1, stream_id, sequence: '1', event_time: 1_700_000_000 })
    expect(answer.status).toBe(500)
  }))

it('M39: a chat service that refuses leaves no room behind and says "try again"', () =>
  start({ IM_REST_BASE: 'http://127.0.0.1:9' }, async (fns) => {
    const event = { action: 'create', title: 'A', cover: 'jade', requestId: '1' }
    expect((await fns.callRoom(event, 'alice')).error?.code).toBe('unavailable')
    expect((await fns.callRoom({ action: 'login' }, 'alice')).result.openRoom).toBeNull()
  }))

it('logs no title, no name, no token and no signed address', () =>
  start({ IM_REST_BASE: 'http://127.0.0.1:9' }, async (fns) => {
    await fns.callRoom({ action: 'profile', name: 'Secret Name' }, 'alice-openid')
    await fns.callRoom({ action: 'create', title: 'Secret Title', cover: 'jade', requestId: '1' }, 'alice-openid')
    const logged = fns.log()
    expect(logged).toContain('could not be made')
    expect(logged).not.toMatch(/Secret|alice-openid|txSecret|usersig|im-key-1/i)
  }))
