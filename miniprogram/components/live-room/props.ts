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
  /** The link that the code on a poster leads to, and that can be copied; empty for the one that the app is configured with. */
  shareUrl: { type: String, value: '' },
  /** A picture of a mini program code for the poster, in place of a code with `share-url`. */
  shareCode: { type: String, value: '' },
  /** When the page is left, the show goes on in a small window where the platform has one. Not on every phone (P16). */
  floating: { type: null, value: false as boolean | string },
  /** Shows the figures of what is played and pushed. A long press on the picture shows them, too. */
  debug: { type: null, value: false as boolean | string },
  /** Background music to choose from: `[{ name, url }]`, at most 50; nothing is built in. */
  music: { type: Array, value: [] as { name: string; url: string }[] },
  /** `zh-CN` or `en`; empty takes the language of the phone. */
  locale: { type: String, value: '' },
} as const
