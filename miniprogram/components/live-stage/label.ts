import { type Locale, text } from '../../locales/index'
import type { DrawnPlace, Pager } from './drawn'

/** A place in words, for those who do not see it (P108). */
export function labelOf(lang: Locale, place: DrawnPlace): string {
  const { me, name, micOff, cameraOff, quality, state, seat, call, hand, away } = place
  const who = me ? text(lang, 'stage.me') : name || text(lang, 'person.unnamed')
  const facts = [
    state === 'held' && seat > 0 && text(lang, call ? 'stage.connecting' : 'stage.gettingReady'),
    away && text(lang, 'stage.away'),
    hand && text(lang, 'stage.hand'),
    micOff && text(lang, 'stage.micOff'),
    cameraOff && text(lang, 'stage.cameraOff'),
    quality === 'poor' && text(lang, 'stage.poor'),
  ]
  return facts.reduce<string>((said, fact) => (fact ? text(lang, 'stage.and', { who: said, fact }) : said), who)
}

/** Which of the pages is seen, in words. */
export const pageLabel = (lang: Locale, { page, dots }: Pager): string =>
  text(lang, 'stage.page', { page: page + 1, pages: dots.length })
