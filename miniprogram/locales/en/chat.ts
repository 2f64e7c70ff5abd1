import type { Section } from '../dictionary'
import type { chat as zh } from '../zh-CN/chat'

export const chat: Section<typeof zh> = {
  'chat.placeholder': 'Say something…',
  'chat.label': 'Write a message',
  'chat.send': 'Send the message',
  'chat.count': { one: '{n} character left', other: '{n} characters left' },
  'chat.over': { one: '{n} character too many', other: '{n} characters too many' },
  'chat.list': 'Messages',
  'chat.newLines': { one: '{n} new message', other: '{n} new messages' },
  'chat.me': 'me',
  'chat.welcome': 'Be kind. Everyone here sees what you write.',

  'notice.empty': 'Write something first',
  'notice.too-long': 'Too long to send',
  'notice.too-fast': 'That was quick. Wait a moment before the next one.',
  'notice.offline': 'Chat is reconnecting. Try again in a moment.',
  'notice.muted': 'You can’t write here for now',
  'notice.refused': 'That message can’t be shown here',

  'chat.failed': 'not delivered',

  'line.started': 'The show has started',
  'line.interrupted': 'The host stepped away',
  'line.back': 'The host is back',
  'line.ended': 'The show has ended',
  'line.muted': 'You have been muted',
  'line.unmuted': 'You can write again',
  'line.notice': 'Notice: {text}',

  'like.button': { one: 'Like, {n} like so far', other: 'Like, {n} likes so far' },
  'like.hint': 'Double-tap the picture to like',
}
