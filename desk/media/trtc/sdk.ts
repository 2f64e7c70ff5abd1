import type TRTC from 'trtc-sdk-v5'

/** The part of one TRTC instance that the desk uses. */
export type TrtcClient = Pick<
  TRTC,
  | 'enterRoom'
  | 'exitRoom'
  | 'destroy'
  | 'startLocalVideo'
  | 'updateLocalVideo'
  | 'stopLocalVideo'
  | 'startLocalAudio'
  | 'updateLocalAudio'
  | 'stopLocalAudio'
  | 'startRemoteVideo'
  | 'stopRemoteVideo'
  | 'muteRemoteAudio'
  | 'on'
>

/** Brings the SDK: a megabyte that only a deployment with calls by TRTC ever loads. */
export type LoadTrtc = () => Promise<{
  create(): TrtcClient
  EVENT: typeof TRTC.EVENT
  main: typeof TRTC.TYPE.STREAM_TYPE_MAIN
}>

export const loadTrtc: LoadTrtc = async () => {
  const { default: sdk } = await import('trtc-sdk-v5')
  return { create: () => sdk.create(), EVENT: sdk.EVENT, main: sdk.TYPE.STREAM_TYPE_MAIN }
}
