/** A call, where its words differ from those of a show. */
export const call = {
  'callFault.pusher-busy.title': '摄像头正在别处使用',
  'callFault.pusher-busy.advice': '请先结束那边的直播或通话，再试一次。',
  'callFault.already-live.title': '你还有一个房间没有结束',
  'callFault.already-live.advice': '点“重新加入”回到那里；结束它之后才能发起新的通话。',
  'callFault.room-closed.title': '通话已结束',
  'callFault.room-closed.advice': '需要的话，可以再发起一次。',
  'callFault.not-found.title': '没有找到这次通话',
  'callFault.not-found.advice': '它可能已经结束，或者链接不完整。',
  'callFault.forbidden.title': '你不能加入这次通话',
  'callFault.forbidden.advice': '如果有疑问，请联系发起人。',
  'callFault.banned.title': '你不能加入这次通话',
  'callFault.banned.advice': '发起人或平台暂不允许你加入。',
  'callFault.removed.title': '你已被移出通话',
  'callFault.removed.advice': '发起人把你移出了这次通话。',
  'callFault.full.title': '通话人数已满',
  'callFault.full.advice': '等有人离开后，再试一次。',
} as const
