import { useEffect, useState } from 'preact/hooks'

/** The local time (ms); whoever uses it is drawn anew every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
