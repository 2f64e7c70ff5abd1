import { nameOf } from './controls'
import { isSeen, nameOfPlace, screenOf } from './seen'
import { wordsOn } from './texts'

/** The language that a screen must speak, and what it may say in the other. */
export interface Speech {
  lang: 'zh-CN' | 'en'
  /** Latin words that Chinese texts use themselves: `PK`, `LIVE`, `kbps`. */
  borrowed: string[]
}

const RAW = /^[a-z]+(\.[\w-]+)+$|\{\w*\}|\bundefined\b|\bnull\b|\bNaN\b|\[object/i
const HAN = /\p{Script=Han}/u

function wrong(text: string, { lang, borrowed }: Speech): string {
  if (RAW.test(text)) return 'is no text'
  if (lang === 'en') return HAN.test(text) ? 'is not English' : ''
  const strange = (text.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !borrowed.includes(word.toLowerCase()))
  return strange.length ? `has ${strange.join(', ')} in Chinese` : ''
}

/** Words on the screen, and labels for who does not see them, that are not in the language of the phone. */
export function wordFaults(speech: Speech): string[] {
  const screen = screenOf()
  // Figures for whoever is asked to help are the same in every language.
  const figures = (element: Element) => element.closest('stats-panel') !== null && element.closest('[class*="value"]')
  const told = [...screen.querySelectorAll('[aria-label]')]
    .filter(isSeen)
    .map((element) => ({ text: nameOf(element), element }))
  return [...wordsOn(screen), ...told].flatMap(({ text, element }) => {
    const what = figures(element) ? '' : wrong(text, speech)
    return what ? [`language: ${nameOfPlace(element, text)} ${what}`] : []
  })
}

/** What goes wrong is said at once; what people say waits for its turn. */
export function liveFaults(): string[] {
  const screen = screenOf()
  const alerts = [...screen.querySelectorAll('[role="alert"]')].filter(isSeen)
  const quiet = alerts.filter((element) => element.getAttribute('aria-live') !== 'assertive')
  const lists = [...screen.querySelectorAll('barrage-list')]
  const mute = lists.filter((list) => !list.querySelector('[aria-live="polite"]'))
  return [
    ...quiet.map((element) => `live: ${nameOfPlace(element, nameOf(element))} is a fault that waits`),
    ...mute.map((element) => `live: ${nameOfPlace(element)} is not read out`),
  ]
}
