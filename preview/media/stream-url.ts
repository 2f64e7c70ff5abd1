/**
 * The address a browser can use for a stream address of a phone. `rtmp://any/live/NAME?q` and `http(s)://any/live/NAME.flv?q`
 * both become `ws(s)://<host of the page>/live/NAME.flv?q`; the query (the signature) is kept. Null: no stream address.
 */
export function socketUrl(address: string, page: Pick<Location, 'protocol' | 'host'>): string | null {
  const match = /^(?:rtmps?|https?|wss?):\/\/[^/?#]+\/([\w-]+)\/([\w-]+)(?:\.flv)?(\?[^#]*)?$/.exec(address)
  if (!match) return null
  const [, app, name, query = ''] = match
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/${app}/${name}.flv${query}`
}
