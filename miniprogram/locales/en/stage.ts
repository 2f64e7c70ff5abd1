import type { Section } from '../dictionary'
import type { stage as zh } from '../zh-CN/stage'

export const stage: Section<typeof zh> = {
  'stage.me': 'You',
  'stage.gettingReady': 'Getting ready',
  'stage.micOff': 'muted',
  'stage.cameraOff': 'camera off',
  'stage.poor': 'weak network',
  'stage.call': 'The call',
  'stage.connecting': 'Connecting',
  'stage.hand': 'hand raised',
  'stage.away': 'on hold',
  'stage.talking': ', talking',
  'stage.page': 'People on stage, page {page} of {pages}',
  'stage.pageBefore': 'The people before',
  'stage.pageNext': 'More people',
  'stage.and': '{who}, {fact}',
}
