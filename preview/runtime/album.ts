/** Pictures that the mini program has saved to this phone's album, as addresses of the browser, oldest first. */
const kept: string[] = []

export const album = {
  get pictures(): readonly string[] {
    return kept
  },
  keep(bytes: Blob): void {
    kept.push(URL.createObjectURL(bytes))
  },
}
