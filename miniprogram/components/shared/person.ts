import { initialOf } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import { COVERS, type CoverId } from '../../protocol/limits'
import type { User } from '../../protocol/room'

/** Somebody as a list draws him: a letter on a colour that is always the same. The look is in theme/face.wxss. */
export interface Face {
  id: string
  name: string
  initial: string
  cover: CoverId
}

const hashOf = (id: string): number => Array.from(id).reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) % 9973, 7)

export const nameOf = (lang: Locale, { name }: User): string => name || text(lang, 'person.unnamed')

export const faceOf = (lang: Locale, user: User): Face => ({
  id: user.userId,
  name: nameOf(lang, user),
  initial: initialOf(user.name),
  cover: COVERS[hashOf(user.userId) % COVERS.length] ?? COVERS[0],
})
