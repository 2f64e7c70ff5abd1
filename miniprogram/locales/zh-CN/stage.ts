/** Who is on stage, and how it is with him. */
export const stage = {
  'stage.me': '我',
  'stage.gettingReady': '正在准备',
  'stage.micOff': '已静音',
  'stage.cameraOff': '摄像头已关',
  'stage.poor': '网络不佳',
  'stage.call': '通话画面',
  'stage.connecting': '正在接通',
  'stage.hand': '举手中',
  'stage.away': '通话保持中',
  /** Said after a place. */
  'stage.talking': '，正在说话',
  'stage.page': '台上的人，第 {page} 页，共 {pages} 页',
  'stage.pageBefore': '上一页的人',
  'stage.pageNext': '下一页的人',
  'stage.and': '{who}，{fact}',
} as const
