/**
 * Calls `reload` when the server has built something else than what is shown. It names its build at once and after
 * each change; the browser connects again by itself when the server restarts.
 */
export function onBuild(reload: () => void): void {
  let shown = ''
  const events = new EventSource('/preview/events')
  events.addEventListener('message', (event: MessageEvent<string>) => {
    const { build } = JSON.parse(event.data) as { build: string }
    if (shown && build !== shown) reload()
    shown = build
  })
}
