import { render } from 'preact'
import './styles/desk.css'
import { resolveLocale } from '../miniprogram/locales/index'
import { wordsIn } from './locales/index'
import { Desk } from './model/desk'
import { App } from './view/app'
import { WordsContext } from './view/use-words'
import { Who } from './view/who'
import { createDeskKit } from './wiring/desk-kit'
import { placeOf, queryOf } from './wiring/place'

const metaOf = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content.trim() ?? ''

const place = placeOf(location, metaOf, navigator.languages)
const words = wordsIn(resolveLocale(place.language))
document.documentElement.lang = words.lang
document.title = words.d('desk.name')

function open(): preact.ComponentChildren {
  if (place.user === '' && place.loginUrl === '') return <Who />
  const desk = new Desk(createDeskKit(place), place.open, (opening) => {
    history.replaceState(null, '', `?${queryOf(location.search, opening)}`)
  })
  void desk.connect()
  return <App desk={desk} />
}

render(<WordsContext.Provider value={words}>{open()}</WordsContext.Provider>, document.body)
