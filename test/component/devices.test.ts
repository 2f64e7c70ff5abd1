import { mountWithCamera } from './support/own-camera'
import { settled } from './support/simulate'

const labels = (part: { attribute(name: string): unknown[] }) => part.attribute('aria-label')

describe('device-bar', () => {
  test('labels say what a tap will do, so they change with the state (M117)', async () => {
    const { part, camera } = mountWithCamera('device-bar')
    const rest = ['Open the beauty settings', 'Picture and sound']
    expect(labels(part)).toEqual([
      'Show controls',
      'Switch to the back camera',
      'Turn the microphone off',
      'Turn the camera off',
      ...rest,
    ])
    await part.act(() => Object.assign(camera, { facing: 'back', muted: true, cameraOn: false }))
    expect(labels(part)).toEqual([
      'Show controls',
      'Switch to the front camera',
      'Turn the microphone on',
      'Turn the camera on',
      ...rest,
    ])
  })

  test('a camera that is off is not flipped', async () => {
    const { part, camera, calls } = mountWithCamera('device-bar')
    await part.act(() => Object.assign(camera, { cameraOn: false }))
    await part.tap('.item')
    expect(calls).toEqual([])
    await part.act(() => Object.assign(camera, { cameraOn: true }))
    await part.tap('.item')
    expect(calls).toEqual(['flip'])
  })

  test('a show of voice alone has no controls for a picture', async () => {
    const { part, camera } = mountWithCamera('device-bar')
    await part.act(() => Object.assign(camera, { pureAudio: true }))
    expect(labels(part)).toEqual(['Show controls', 'Turn the microphone off', 'Picture and sound'])
    await part.act(() => Object.assign(camera.music, { offered: false }))
    expect(labels(part)).toEqual(['Show controls', 'Turn the microphone off'])
  })

  test("without a camera of one's own it does nothing, and throws nothing", async () => {
    const { part, calls } = mountWithCamera('device-bar')
    await part.act(({ stage }) => Object.assign(stage, { camera: null }))
    for (const name of ['flip', 'mute', 'camera']) part.instance[name]()
    expect(calls).toEqual([])
  })
})

describe('devices-sheet', () => {
  test('offers what this phone has, and says what is on (P47)', async () => {
    const { part, camera } = mountWithCamera('devices-sheet')
    const always = ['Mirror me, on', 'Mirror all, off', 'Quality, now SD', 'Filters']
    expect(labels(part)).toEqual(expect.arrayContaining([...always, 'Music and voice', 'Photo']))
    expect(labels(part)).not.toContain('Torch, off')
    await part.act(() => Object.assign(camera, { facing: 'back' }))
    expect(labels(part)).toContain('Torch, off')
    await part.act(() => {
      Object.assign(camera.lens, { canTorch: false, canShoot: false })
      camera.music.offered = false
    })
    const left = labels(part)
    for (const name of ['Torch, off', 'Photo', 'Music and voice']) expect(left).not.toContain(name)
    expect(left).toEqual(expect.arrayContaining(always))
  })

  test('in a show of voice alone it offers nothing about a picture', async () => {
    const { part, camera } = mountWithCamera('devices-sheet')
    await part.act(() => Object.assign(camera, { pureAudio: true, cameraOn: false }))
    expect(labels(part)).toContain('Music and voice')
    for (const name of ['Mirror me, on', 'Quality, now SD', 'Filters', 'Photo'])
      expect(labels(part)).not.toContain(name)
  })

  test('each thing does its own', async () => {
    const { part, calls, camera } = mountWithCamera('devices-sheet')
    await part.act(() => Object.assign(camera, { facing: 'back' }))
    const sheets: unknown[] = []
    for (const id of ['torch', 'self-mirror', 'mirror', 'quality', 'filter', 'sound', 'nonsense']) {
      await part.instance.choose({ currentTarget: { dataset: { id } } })
      sheets.push(part.ui.sheet)
    }
    expect(calls).toEqual(['setTorch true', 'setSelfMirrored false', 'setOthersMirrored true'])
    expect(sheets.slice(3)).toEqual(['quality', 'filter', 'music', 'music'])
  })

  test('a photo is shown and told; where there is none, that is said', async () => {
    const { part, camera } = mountWithCamera('devices-sheet')
    const shoot = () => part.instance.choose({ currentTarget: { dataset: { id: 'still' } } })
    await shoot()
    expect([part.ui.sheet, part.ui.still?.path]).toEqual(['still', 'wxfile://still.jpg'])
    expect(part.told).toEqual([['snapshot', { roomId: 'r1', path: 'wxfile://still.jpg', width: 360, height: 640 }]])
    camera.lens.shoot = async () => null
    await shoot()
    await settled()
    expect(part.words()).toContain('No photo right now')
    expect(part.told).toHaveLength(1)
  })

  test('zoom is there where the lens has it', async () => {
    const { part, camera, calls } = mountWithCamera('devices-sheet')
    expect(part.all('.slider')).toEqual([])
    await part.act(() => Object.assign(camera.lens, { maxZoom: 3, zoom: 1.5 }))
    expect(labels(part)).toContain('Zoom, 1.5 times')
    part.instance.zoomTo({ detail: { value: 2 } })
    expect(calls).toEqual(['setZoom 2'])
  })
})

describe('beauty-panel', () => {
  test('beauty has ten levels, each named (M127)', () => {
    const { part, calls } = mountWithCamera('beauty-panel')
    expect(labels(part)).toEqual(expect.arrayContaining(['Smooth, off', 'Brighten, level 9 of 9']))
    expect([part.attribute('min'), part.attribute('max')]).toEqual([
      [0, 0],
      [9, 9],
    ])
    part.instance.smooth({ detail: { value: 4 } })
    part.instance.white({ detail: { value: 0 } })
    expect(calls).toEqual(['setBeauty 4', 'setWhiteness 0'])
  })

  test('styles and filters are chosen by name; what is none changes nothing', async () => {
    const { part, calls } = mountWithCamera('beauty-panel')
    expect(labels(part)).toEqual(expect.arrayContaining(['Smooth, selected', 'Natural']))
    await part.act(() => part.ui.open('filter'))
    expect(labels(part)).toEqual(expect.arrayContaining(['None, selected', 'Blues', 'Cerise']))
    const tap = (id: string) => ({ currentTarget: { dataset: { id } } })
    for (const id of ['nature', 'wild']) part.instance.chooseStyle(tap(id))
    for (const id of ['blues', '__proto__']) part.instance.chooseFilter(tap(id))
    expect(calls).toEqual(['setStyle nature', 'setFilter blues'])
  })
})

test('a quality is chosen by name, and the current one says so', async () => {
  const { part, calls } = mountWithCamera('quality-sheet')
  part.ui.open('quality')
  expect(labels(part)).toEqual(expect.arrayContaining(['SD, selected', 'HD', 'FHD']))
  expect(part.attribute('aria-checked')).toEqual([true, false, false])
  part.instance.choose({ currentTarget: { dataset: { id: 'FHD' } } })
  expect([calls, part.ui.sheet]).toEqual([['setMode FHD'], null])
})

describe('music-sheet', () => {
  test('plays, pauses, goes on and stops; the label says which', async () => {
    const { part, calls, camera } = mountWithCamera('music-sheet')
    expect(labels(part)).toEqual(
      expect.arrayContaining(['Play Rain', 'Play Sea', 'Music at 60 percent', 'None, selected']),
    )
    const tap = (index: number) => part.instance.toggle({ currentTarget: { dataset: { index } } })
    tap(0)
    const [track] = camera.music.tracks
    await part.act(() => Object.assign(camera.music, { current: track, positionMs: 30_000, durationMs: 60_000 }))
    expect(labels(part)).toEqual(expect.arrayContaining(['Pause Rain', 'Play Sea', 'Stop']))
    expect(part.words()).toContain('00:30 / 01:00')
    expect(part.attribute('style')).toContain('width: 50%')
    tap(0)
    await part.act(() => Object.assign(camera.music, { paused: true }))
    tap(0)
    tap(1)
    tap(7)
    part.instance.stop()
    expect(calls).toEqual(['play Rain', 'pause', 'resume', 'play Sea', 'stop'])
  })

  test('says that there is no music, and that a piece could not be loaded', async () => {
    const { part, camera } = mountWithCamera('music-sheet')
    await part.act(() => Object.assign(camera.music, { tracks: [], failed: true }))
    expect(part.words()).toContain('offers no background music')
    expect(part.words()).toContain('could not be loaded')
  })

  test('volumes and the effect of the voice', () => {
    const { part, calls } = mountWithCamera('music-sheet')
    part.instance.setVolume({ detail: { value: 30 } })
    part.instance.setVoice({ detail: { value: 80 } })
    for (const id of [3, 99]) part.instance.chooseEffect({ currentTarget: { dataset: { id } } })
    expect(calls).toEqual(['setVolume 30', 'setVoice 80', 'setReverb 3'])
  })
})

describe('still-sheet', () => {
  const open = async (...answers: ('saved' | 'denied' | 'failed')[]) => {
    const asked: string[] = []
    const device = {
      saveToAlbum: async (path: string) => {
        asked.push(path)
        return answers.shift() ?? 'failed'
      },
      openSettings: async () => void asked.push('settings'),
    }
    const made = mountWithCamera('still-sheet', { kit: { device } })
    await made.part.act(() => made.part.ui.showStill({ path: 'wxfile://a.jpg', width: 360, height: 640 }))
    return { ...made, asked }
  }

  test('is kept once', async () => {
    const { part, asked } = await open('saved', 'saved')
    expect(part.attribute('src')).toEqual(['wxfile://a.jpg'])
    await Promise.all([part.instance.save(), part.instance.save()])
    await part.instance.save()
    await settled()
    expect([asked, part.words().includes('Saved to album')]).toEqual([['wxfile://a.jpg'], true])
  })

  test('denied: the way to the settings, then it is kept', async () => {
    const { part, asked } = await open('denied', 'saved')
    await part.instance.save()
    await settled()
    expect(part.words()).toContain('Allow saving to the album first')
    await part.instance.openSettings()
    await settled()
    expect([asked, part.words().includes('Saved')]).toEqual([['wxfile://a.jpg', 'settings', 'wxfile://a.jpg'], true])
  })

  test('failed: it can be tried again', async () => {
    const { part } = await open('failed', 'saved')
    await part.instance.save()
    await settled()
    expect(part.words()).toContain('was not saved')
    await part.instance.save()
    await settled()
    expect(part.words()).toContain('Saved to album')
  })
})
