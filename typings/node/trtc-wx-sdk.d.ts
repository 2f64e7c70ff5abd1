/** As much of Tencent's SDK as the tests look at; it brings no types. */
declare module 'trtc-wx-sdk' {
  interface Player {
    userID: string
    streamType: string
    src: string
    hasVideo: boolean
    hasAudio: boolean
  }
  export default class TRTC {
    /** `env: 'test'` keeps it from reporting to Tencent. */
    constructor(page: object, options: { env: 'test' })
    createPusher(attributes: object): { pusherAttributes: Record<string, unknown> }
    enterRoom(room: {
      sdkAppID: number
      userID: string
      userSig: string
      strRoomID: string
      scene?: string
      privateMapKey?: string
    }): { url: string; mode: string }
    pusherEventHandler(event: { detail: { code: number; message: string } }): void
    getPlayerList(): Player[]
  }
}
