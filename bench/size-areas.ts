/** Where the bytes of the package are, by what they are for. */
import { kit, partsIn } from '../scripts/pack/pack'

/** Components by what they are for; a component that is in none is counted with "other parts". */
const PARTS: Readonly<Record<string, string>> = {
  'the room itself': 'live-room room-header room-tools',
  'stage: pictures and their frames':
    'live-stage player-tile pusher-tile place-chrome media-placeholder cover-picture latency-switch plain-controls',
  'talk, likes, gifts':
    'barrage-list barrage-flight chat-input like-button heart-layer gift-button gift-layer gift-sheet',
  'link-mic': 'link-bar link-button link-sheet desk-sheet request-bar',
  PK: 'pk-board pk-button pk-sheet',
  'people and order': 'people-sheet person-sheet',
  'an anchor’s tools':
    'start-panel device-bar devices-sheet beauty-panel music-sheet quality-sheet still-sheet permission-gate',
  'share card and poster': 'share-sheet',
  'before and after a show': 'event-card end-card replay-box replay-player replay-stage',
}
/** What is not opened, switched on or held out to an anchor only: what a viewer of a show has on the screen. */
const VIEWER =
  'live-room live-stage player-tile place-chrome media-placeholder cover-picture room-header room-tools live-icon barrage-list ' +
  'barrage-flight chat-input like-button heart-layer gift-button gift-layer link-button link-bar request-bar latency-switch ' +
  'pk-board state-card fault-bar'

/** Code that is no component, by folder; the first that fits. */
const CODE: [area: string, file: RegExp][] = [
  ['words, in two languages', /^(locales|words:)/],
  ['model: link-mic and PK', /^stores\/live-room\/(link|pk)\//],
  ['model: the room', /^stores\/live-room/],
  ['model: pusher, player, devices', /^stores\/media/],
  ['model: lists, session', /^stores/],
  ['messenger, two adapters', /^(services\/messenger|wiring\/switching)/],
  ['other adapters and wiring', /^(services|wiring|protocol|peer:|kit\.ts)/],
]

export interface Area {
  name: string
  code: number
  templates: number
  styles: number
}

const areaOfPart = (part: string): string =>
  Object.entries(PARTS).find(([, parts]) => parts.split(' ').includes(part))?.[0] ?? 'other parts, look, icons'

/** The areas of a package, the largest first. Descriptions are not counted. */
export async function areasOf(files: ReadonlyMap<string, string>): Promise<Area[]> {
  const areas = new Map<string, Area>()
  const add = (name: string, kind: 'code' | 'templates' | 'styles', bytes: number): void => {
    const area = areas.get(name) ?? { name, code: 0, templates: 0, styles: 0 }
    areas.set(name, { ...area, [kind]: area[kind] + bytes })
  }
  for (const [file, bytes] of (await kit(partsIn(['live-room']))).bytes) {
    const [, part] = /^components\/([\w-]+)/.exec(file) ?? []
    const folder = CODE.find(([, pattern]) => pattern.test(file))?.[0]
    add(folder ?? areaOfPart(part ?? ''), 'code', bytes)
  }
  for (const [file, text] of files) {
    const [, part = '', ending] = /^miniprogram_dist\/([\w-]+)\/[\w-]+\.(wxml|wxss)$/.exec(file) ?? []
    if (ending) add(areaOfPart(part), ending === 'wxml' ? 'templates' : 'styles', Buffer.byteLength(text))
  }
  const all = ({ code, templates, styles }: Area): number => code + templates + styles
  return [...areas.values()].sort((a, b) => all(b) - all(a))
}

/** The part of the package that the screen of a viewer is made of, at its first frame. */
export async function viewersShare(files: ReadonlyMap<string, string>): Promise<Area> {
  const parts = VIEWER.split(' ')
  const sum = (ending: string, folder: string): number => {
    const text = files.get(`miniprogram_dist/${folder}.${ending}`)
    return text === undefined ? 0 : Buffer.byteLength(text)
  }
  const ofParts = (ending: string): number => parts.reduce((total, part) => total + sum(ending, `${part}/${part}`), 0)
  const theme = [...files].filter(([file]) => file.includes('/theme/'))
  return {
    name: 'what a viewer’s first frame is made of',
    code: Buffer.byteLength((await kit(parts)).code),
    templates: ofParts('wxml'),
    styles: ofParts('wxss') + theme.reduce((total, [, text]) => total + Buffer.byteLength(text), 0),
  }
}
