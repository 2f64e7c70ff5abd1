import type { Section } from '../dictionary'
import type { home as zh } from '../zh-CN/home'

export const home: Section<typeof zh> = {
  'app.name': 'Live',

  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.retry': 'Try again',
  'common.save': 'Save',
  'common.leave': 'Leave',
  'common.code': 'Code {code}',

  'home.morning': 'Good morning, {name}',
  'home.afternoon': 'Good afternoon, {name}',
  'home.evening': 'Good evening, {name}',
  'home.guest': 'friend',
  'home.editName': 'Edit your name, now {name}',
  'home.startTitle': 'Share the moment',
  'home.startHint': 'A title, a colour, and you’re live',
  'home.start': 'Start a live show',
  'home.continueTitle': 'Your show is still open',
  'home.continueHint': '“{title}” is waiting for you',
  'home.continue': 'Continue',
  'home.listTitle': 'Live now',
  'home.loading': 'Loading shows',
  'home.emptyTitle': 'Nobody is live yet',
  'home.emptyHint': 'Be the first to go on air, or pull down to refresh',
  'home.errorTitle': 'Could not load the shows',
  'home.offlineTitle': 'You are offline',
  'home.offlineHint': 'We’ll refresh when you’re back online. You can also pull down.',
  'home.staleHint': 'Could not refresh. Showing earlier results.',
  'home.loadingMore': 'Loading more',
  'home.end': 'You’ve seen it all',

  'profile.title': 'What’s your name?',
  'profile.hint': 'Shown in chat and in your room',
  'profile.placeholder': '1 to {max} characters',
  'profile.count': '{n}/{max}',
  'profile.saving': 'Saving',

  'card.label': '{title}, by {name}, {viewers} watching, {likes} likes, {since}',
  'card.live': 'LIVE',
  'card.away': 'BACK SOON',

  'since.now': 'just started',
  'since.minutes': '{n} min ago',
  'since.hours': '{n} h ago',
  'since.days': { one: '{n} day ago', other: '{n} days ago' },

  'person.unnamed': 'Unnamed',
}
