/** Words for the person at the keyboard, in both languages of this project. */
export interface Text {
  zh: string
  en: string
}

export type Language = keyof Text

/** `todo`: no program can see it; somebody has to look. */
export type Level = 'error' | 'warning' | 'todo' | 'ok'

export interface Finding {
  /** Stable name of the check, and of the variable or file where there is one: `secrets.short:LIVE_PUSH_KEY`. */
  id: string
  level: Level
  /** What is wrong; never with the value of a secret. */
  what: Text
  /** What happens if it stays so. */
  why?: Text
  /** What to do, with the page of the console in words. */
  fix?: Text
  /** Lines to copy into a console, under a heading each. */
  copy?: { heading: string; lines: string[] }[]
}

export const say = (zh: string, en: string): Text => ({ zh, en })

/** The same in both languages, such as a name. */
export const same = (text: string): Text => say(text, text)

export const ok = (id: string, what: Text): Finding => ({ id, level: 'ok', what })
