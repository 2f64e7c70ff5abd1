import { type Locale, text } from '../../locales/index'
import { pageFor } from '../query'

/** What is known of a show, whichever way the viewer came to it. */
export interface SharedShow {
  title: string
  /** The anchor's; empty while he has none. */
  name: string
}

/** The card of a shared show: its title, and a path that opens this very room. */
export function shareOf(lang: Locale, roomId: string, show: SharedShow | undefined): { title: string; path: string } {
  const name = show?.name || text(lang, 'person.unnamed')
  const title = show ? text(lang, 'room.shareTitle', { name, title: show.title }) : text(lang, 'app.name')
  return { title, path: pageFor('room', roomId) }
}
