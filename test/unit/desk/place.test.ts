import { callIdOf, placeOf, queryOf } from '../../../desk/wiring/place'

const place = (search: string, head: Record<string, string> = {}, languages = ['en-US']) =>
  placeOf({ origin: 'https://desk.example', search }, (name) => head[name] ?? '', languages)

test('the address says who it is and what to open; a room of one’s own comes before somebody else’s', () => {
  expect(place('?user=ann&lang=zh-CN')).toEqual({
    baseUrl: 'https://desk.example',
    loginUrl: '',
    user: 'ann',
    language: 'zh-CN',
    open: { kind: 'lobby' },
  })
  expect(place('?room=r1').open).toEqual({ kind: 'watch', roomId: 'r1' })
  expect(place('?anchor=r2&room=r1').open).toEqual({ kind: 'anchor', roomId: 'r2' })
})

test('the head says where the service and the login are; a slash at the end is no part of it', () => {
  const head = { 'room-service': 'https://api.example/', 'room-login': 'https://www.example/live-token' }
  expect(place('', head)).toMatchObject({ baseUrl: 'https://api.example', loginUrl: 'https://www.example/live-token' })
})

test('what is misshapen is left out, and the language is the browser’s', () => {
  const { user, open, language } = place('?user=12345&room=../../x', {}, ['zh-Hant-TW', 'en'])
  expect({ user, open, language }).toEqual({ user: '', open: { kind: 'lobby' }, language: 'zh-Hant-TW' })
})

test('the query that opens a thing again keeps the rest of the address', () => {
  expect(queryOf('?user=ann&room=r1', { kind: 'anchor', roomId: 'r2' })).toBe('user=ann&anchor=r2')
  expect(queryOf('?user=ann&anchor=r2', { kind: 'lobby' })).toBe('user=ann')
  expect(placeOf({ origin: '', search: `?${queryOf('?user=a', { kind: 'queue' })}` }, () => '', []).open.kind).toBe(
    'queue',
  )
  // A show that has no id yet begins with its preview again.
  expect(queryOf('?user=ann', { kind: 'anchor', roomId: '' })).toBe('user=ann')
})

test('a call is joined by its id, or by any link that names it', () => {
  expect(callIdOf(' rabc ')).toBe('rabc')
  expect(callIdOf('https://desk.example/desk/?user=ann&call=rabc')).toBe('rabc')
  expect(callIdOf('/pages/call/call?roomId=rabc&x=1')).toBe('rabc')
  for (const bad of ['', 'https://desk.example/', 'a b', '?call=%2e%2e%2f']) expect(callIdOf(bad)).toBe('')
})
