/** State of the build as the server tells it. */
interface BuildState {
  readonly build: string
}

const ownBuild = () => document.querySelector<HTMLMetaElement>('meta[name="preview-build"]')?.content

/**
 * Loads a phone that has a window of its own anew as soon as there is another build. Phones inside the shell leave
 * that to it, because a browser opens few connections to one host.
 */
export function followBuilds(): void {
  if (window.top !== window) return
  new EventSource('/preview/events').addEventListener('message', ({ data }: MessageEvent<string>) => {
    if ((JSON.parse(data) as BuildState).build !== ownBuild()) location.reload()
  })
}
