import { ringBy } from './bell'

/** `Device.ring` by way of `wx`: a phone that cannot be heard is felt. */
export function wxRing(loud: boolean): () => void {
  const audio = loud && wx.canIUse('createWebAudioContext') ? wx.createWebAudioContext() : null
  return ringBy(audio, () => wx.vibrateLong({ fail: () => undefined }))
}
