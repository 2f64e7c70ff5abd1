import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Words, wordsIn } from '../locales/index'

/** The language of the page. */
export const WordsContext = createContext<Words>(wordsIn('zh-CN'))

export const useWords = (): Words => useContext(WordsContext)
