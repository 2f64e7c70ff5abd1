import { journal } from '../journal'
import { defineBuiltin } from './define'

type Navigate = (options: { url: string; delta: number }) => Promise<unknown>

/** Filled in by the phone: navigate, redirect, reLaunch, navigateBack. */
export const navigation = new Map<string, Navigate>()

/** A link to another page. */
export const navigator = defineBuiltin({
  tag: 'navigator',
  wxml: '<slot />',
  props: { url: '', openType: 'navigate', delta: 1, target: 'self' },
  attach(host) {
    host.listen(host.element, 'click', () => {
      const { url, openType, delta } = host.props
      const go = navigation.get(openType)
      if (!go) return journal.problem(`<navigator open-type="${openType}"> is not in the preview`)
      go({ url, delta }).catch((error: unknown) => host.emit('fail', { errMsg: String(error) }))
    })
    return {}
  },
})
