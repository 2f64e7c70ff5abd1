import { type Locale, text } from '../../locales/index'
import type { DrawnPlace, Pager } from './stage-view'

/** A place in words, for those who do not see it (P108). */
export function labelOf(lang: Locale, place: DrawnPlace): string {
  const { me, name, micOff, cameraOff, quality, state, seat } = place
  const who = me ? text(lang, 'stage.me') : name || text(lang, 'person.unnamed')
  const facts = [
    state === 'held' && seat > 0 && text(lang, 'stage.gettingReady'),
    micOff && text(lang, 'stage.micOff'),
    cameraOff && text(lang, 'stage.cameraOff'),
    quality === 'poor' && text(lang, 'stage.poor'),
  ]
  return facts.reduce<string>((said, fact) => (fact ? text(lang, 'stage.and', { who: said, fact }) : said), who)
}

/** Which of the pages is seen, in words. */
export const pageLabel = (lang: Locale, { page, dots }: Pager): string =>
  text(lang, 'stage.page', { page: page + 1, pages: dots.length })
