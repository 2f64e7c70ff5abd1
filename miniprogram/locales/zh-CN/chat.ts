export const chat = {
  'chat.placeholder': '说点什么…',
  'chat.label': '输入弹幕',
  'chat.send': '发送弹幕',
  'chat.count': '还能输入 {n} 字',
  'chat.over': '超出 {n} 字',
  'chat.list': '弹幕列表',
  'chat.newLines': '{n} 条新弹幕',
  'chat.me': '我',
  'chat.welcome': '友善发言，弹幕所有人可见',

  'notice.empty': '写点什么再发送吧',
  'notice.too-long': '弹幕太长，没有发出',
  'notice.too-fast': '发得太快了，歇一下再发',
  'notice.offline': '弹幕正在重连，请稍后再发',
  'notice.muted': '现在不能发言，稍后再试',
  'notice.refused': '这条弹幕没有通过审核',

  'chat.failed': '未送达',

  'line.started': '直播开始了',
  'line.interrupted': '主播暂时离开',
  'line.back': '主播回来了',
  'line.ended': '直播结束了',
  'line.muted': '你已被禁言',
  'line.unmuted': '你可以继续发言了',
  'line.notice': '公告：{text}',

  'like.button': '点赞，已有 {n} 个赞',
  'like.hint': '双击画面也可以点赞',
} as const
