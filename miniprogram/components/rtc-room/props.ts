import type { PushMode } from '../../stores/media/handles'
import type { CallTemplateName } from '../live-stage/layouts/index'

/** A switch: text is understood, too, because a template may give one: `"false"` is false. */
type Switch = boolean | string

/** Properties of `<rtc-room>`. The table in the documents is made from these comments. */
export const props = {
  /** The call to come into; empty for a new one, which begins with `start()` or the component's own button. It can be set later. */
  roomId: { type: String, value: '' },
  /** Somebody rings this user up: the id of that ring. The component says yes to it, and is in the call. */
  ringId: { type: String, value: '' },
  /** Name that a new call begins with; the user can change it before the start. Empty: a neutral one. */
  roomName: { type: String, value: '' },
  /** Name of the layout. An unknown one draws `grid`, with a warning. */
  template: { type: String, value: '1v1' as CallTemplateName },
  /**
   * `full`: everything that a call needs, ready to use. `none`: the pictures alone, for a page that draws its own controls
   * over them; the component still asks for permissions, because only it can, and tells everything else by events.
   */
  chrome: { type: String, value: '' as 'full' | 'none' | '' },
  /** Voice without a camera: it is neither asked for nor opened. */
  pureAudio: { type: null, value: false as Switch },
  /** The camera is on from the beginning; off, it can be turned on in the call. */
  enableCamera: { type: null, value: true as Switch },
  /** The microphone is off. */
  muted: { type: null, value: false as Switch },
  /** Shape of one's own picture: `3:4` or `9:16`. */
  aspect: { type: String, value: '3:4' as '3:4' | '9:16' },
  /** Size of one's own picture: `SD` 240 px wide, `HD` 360, `FHD` 480; empty is `HD`. */
  quality: { type: String, value: '' as PushMode | '' },
  /** Least bitrate of one's own picture (kbps); 0 or less leaves it to the quality. */
  minBitrate: { type: Number, value: 0 },
  /** Greatest bitrate of one's own picture (kbps); 0 or less leaves it to the quality. */
  maxBitrate: { type: Number, value: 0 },
  /** Smoothing of the skin, 0 to 9; negative keeps what the user chose last. */
  beauty: { type: Number, value: -1 },
  /** Brightening, 0 to 9; negative keeps what the user chose last. */
  whiteness: { type: Number, value: -1 },
  /** How the phone is held: `vertical` or `horizontal`. */
  orientation: { type: String, value: 'vertical' as 'vertical' | 'horizontal' },
  /** The link that the code on a poster leads to, and that can be copied; empty for the one that the app is configured with. */
  shareUrl: { type: String, value: '' },
  /** A picture of a mini program code for the poster, in place of a code with `share-url`. */
  shareCode: { type: String, value: '' },
  /** `zh-CN` or `en`; empty takes the language of the phone. */
  locale: { type: String, value: '' as 'zh-CN' | 'en' | '' },
  /** Shows the figures of what is played and pushed. */
  debug: { type: null, value: false as Switch },
  /** A new call: what everybody is to read when he comes in, at most 200 characters. */
  notice: { type: String, value: '' },
  /** A new call: people in it, 2 to 6; anything else leaves it to the server. */
  seats: { type: Number, value: 0 },
  /** A new call: it is recorded, and everybody is asked before he comes in. */
  record: { type: null, value: false as Switch },
  /** A new call: it ends for everybody when the person who opened it leaves. */
  endsWithOwner: { type: null, value: false as Switch },
} as const
