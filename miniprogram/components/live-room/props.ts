import type { CoverId } from '../../protocol/limits'
import type { Role } from '../../stores/live-room/live-room'
import type { PushMode } from '../../stores/media/handles'
import type { TemplateName } from '../live-stage/layouts/index'

/** A switch: text is understood, too, because a template may give one: `"false"` is false. */
type Switch = boolean | string

/** Properties of `<live-room>`. The table in the documents is made from these comments. */
export const props = {
  /**
   * `anchor` shows one's own camera to others, `audience` watches. Anything else watches, with a warning. It can be changed
   * until a room is opened.
   */
  role: { type: String, value: 'audience' as Role },
  /** The room to watch; for an anchor, the show to go on with. It can be set later. */
  roomId: { type: String, value: '' },
  /** Title that an anchor begins with; he can change it before the start. Empty: a neutral one. */
  roomName: { type: String, value: '' },
  /** Name of the layout. An unknown one draws `float`, with a warning. */
  template: { type: String, value: 'float' as TemplateName },
  /**
   * `full`: everything that a show needs, ready to use. `none`: the pictures alone, for a page that draws its own controls
   * over them; the component still asks for permissions, because only it can, and tells everything else by events.
   */
  chrome: { type: String, value: '' as 'full' | 'none' | '' },
  /** Voice without a camera: it is neither asked for nor opened. */
  pureAudio: { type: null, value: false as Switch },
  /** Smoothing of the skin, 0 to 9; negative keeps what the user chose last. */
  beauty: { type: Number, value: -1 },
  /** Brightening, 0 to 9; negative keeps what the user chose last. */
  whiteness: { type: Number, value: -1 },
  /** Anchor: the microphone is off. Audience: no sound. */
  muted: { type: null, value: false as Switch },
  /** Quality of one's own picture: `SD`, `HD` or `FHD`; empty keeps the default. */
  quality: { type: String, value: '' as PushMode | '' },
  /** The link that the code on a poster leads to, and that can be copied; empty for the one that the app is configured with. */
  shareUrl: { type: String, value: '' },
  /** A picture of a mini program code for the poster, in place of a code with `share-url`. */
  shareCode: { type: String, value: '' },
  /** Background music to choose from: `[{ name, url }]`, at most 50; nothing is built in. */
  music: { type: Array, value: [] as { name: string; url: string }[] },
  /** When the page is left, the show goes on in a small window where the platform has one. Not on every phone (P16). */
  floating: { type: null, value: false as Switch },
  /** How the anchor's phone is held: `vertical` or `horizontal`. */
  orientation: { type: String, value: 'vertical' as 'vertical' | 'horizontal' },
  /**
   * Words over the pictures, half transparent, for whoever looks at this component: they are on the screen, not in the stream,
   * so neither on other phones nor in a recording.
   */
  watermark: { type: String, value: '' },
  /** `zh-CN` or `en`; empty takes the language of the phone. */
  locale: { type: String, value: '' as 'zh-CN' | 'en' | '' },
  /** Shows the figures of what is played and pushed. A long press on the picture shows them, too. */
  debug: { type: null, value: false as Switch },
  /** A new room: the colour of its cover, one of `coral`, `amber`, `jade`, `ocean`, `violet`, `graphite`; empty takes the first. */
  cover: { type: String, value: '' as CoverId | '' },
  /** A new room: what everybody is to read when he comes in, at most 200 characters. */
  notice: { type: String, value: '' },
  /** A new room: at most five words of at most 12 characters, for the list. */
  tags: { type: Array, value: [] as string[] },
  /** A new room: places on stage beside the anchor, 0 to 8; negative leaves it to the server. */
  seats: { type: Number, value: -1 },
  /** A new room: viewers who may have the low-latency picture, 0 to 10, where the streaming cloud offers it. */
  lowLatency: { type: Number, value: 0 },
  /** A new room: its show is recorded. */
  record: { type: null, value: false as Switch },
} as const
