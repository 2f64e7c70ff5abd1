import { useEffect, useRef } from 'preact/hooks'

/** A model that lives as long as the component that shows it. */
export function useLife<M>(make: () => M, end: (model: M) => void): M {
  const model = useRef<{ own: M } | null>(null)
  model.current ??= { own: make() }
  const { own } = model.current
  useEffect(() => () => end(own), [])
  return own
}
