import { Reaction } from 'mobx-miniprogram'
import type { ComponentChildren, FunctionComponent } from 'preact'
import { useEffect, useReducer, useRef } from 'preact/hooks'

/** A component that is drawn anew when something observable that it has read changes, and for nothing else. */
export function observed<P extends object>(draw: (props: P) => ComponentChildren): FunctionComponent<P> {
  return (props) => {
    const [, redraw] = useReducer((count: number) => count + 1, 0)
    const watch = useRef<Reaction | null>(null)
    watch.current ??= new Reaction('view', () => redraw(undefined))
    useEffect(() => () => watch.current?.dispose(), [])
    let drawn: ComponentChildren
    let failure: { error: unknown } | null = null
    watch.current.track(() => {
      try {
        drawn = draw(props)
      } catch (error) {
        failure = { error }
      }
    })
    // The library would only log it, and the component would stay empty.
    if (failure) throw (failure as { error: unknown }).error
    return drawn
  }
}
