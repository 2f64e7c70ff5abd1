/** Properties of `<live-room>`. The table in the documents is made from these comments. */
export const props = {
  /**
   * `anchor` (also `presenter`, `caster`) shows one's own camera to others, `audience` watches. Anything else watches, with
   * a warning. Read once, when the component is attached.
   */
  role: { type: String, value: 'audience' },
  /** The room to watch; for an anchor, the show to go on with. */
  roomId: { type: String, value: '' },
  /** Title that an anchor begins with; he can change it before the start. */
  roomName: { type: String, value: '' },
  /** Name of the layout. An unknown one draws `float`. */
  template: { type: String, value: 'float' },
  /** Smoothing of the skin to begin with, 0 to 9; negative keeps what the user chose last. */
  beauty: { type: Number, value: -1 },
  /** Brightening to begin with, 0 to 9; negative keeps what the user chose last. */
  whiteness: { type: Number, value: -1 },
  /** Anchor: begin with the microphone off. Audience: begin without sound. Text is understood, too: `"false"` is false. */
  muted: { type: null, value: false as boolean | string },
  /** Quality to begin with: `SD`, `HD` or `FHD`; empty keeps the default. */
  quality: { type: String, value: '' },
  /** `zh-CN` or `en`; empty takes the language of the phone. */
  locale: { type: String, value: '' },
} as const
