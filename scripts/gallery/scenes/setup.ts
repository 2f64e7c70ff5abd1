import type { Group } from '../studio'

const ANCHOR = '/pages/anchor/anchor'

export const setup: Group = {
  name: 'setup',
  title: 'Preparing a show',
  scenes: {
    ready: 'A title, a colour or a picture',
    'too-long': 'A title that is too long',
    denied: 'Camera and microphone were denied',
    privacy: 'The privacy guideline was not accepted',
    account: 'The account may not use live tags: which switch, and where',
    library: 'A WeChat that is too old',
    undeclared: 'A guideline that does not name the camera',
    instead: 'A place without live tags',
  },
  narrow: ['ready', 'denied', 'account', 'undeclared'],
  async play(studio) {
    const ann = await studio.open('setup-ann', { page: ANCHOR })
    await ann.watches()
    await studio.take(ann, 'ready')
    await ann.fill('🎈'.repeat(41))
    await ann.sees('setup.tooLong')
    await studio.take(ann, 'too-long')
    await ann.close()

    const denied = await studio.open('setup-dan')
    await denied.ask((phone) => phone.faults.camera(false))
    await denied.go(ANCHOR)
    await denied.button('permission.settings').waitFor()
    await studio.take(denied, 'denied')
    await denied.close()

    for (const [scene, query] of Object.entries({
      privacy: { permissions: 'asked' },
      account: { capability: 'account' },
      library: { capability: 'library' },
      undeclared: { capability: 'undeclared', permissions: 'asked' },
    })) {
      const barred = await studio.open(`setup-${scene}`, { page: ANCHOR, ...query })
      await barred.page.getByRole('dialog').first().waitFor()
      await studio.take(barred, scene)
      await barred.close()
    }
    const instead = await studio.open('setup-eve', { page: ANCHOR, platform: 'devtools' })
    await instead.sees('placeholder.title')
    await studio.take(instead, 'instead')
  },
}
