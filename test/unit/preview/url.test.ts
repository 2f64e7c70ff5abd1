import { scanWxml } from '../../../preview/build/wxml'
import { parseUrl } from '../../../preview/runtime/pages/stack'

describe('page addresses', () => {
  test('a query arrives undecoded, as on a phone', () => {
    expect(parseUrl('/pages/a/a?id=7&text=a%20b&eq=x=y', '')).toEqual({
      route: 'pages/a/a',
      query: { id: '7', text: 'a%20b', eq: 'x=y' },
    })
  })

  test('a relative address is relative to the page that navigates', () => {
    expect(parseUrl('../b/b', 'pages/a/a').route).toBe('pages/b/b')
  })
})

describe('tags of a template', () => {
  test('comments, scripts and expressions hide nothing else and are no tags', () => {
    const source =
      '<!-- <no/> -->\n<wxs module="m">if (a <b) {}</wxs>\n<view wx:if="{{a < b}}" data-x=\'>\'>{{ "<p>" }}</view>'
    expect(scanWxml(source).map(({ name, line, attributes }) => [name, line, attributes])).toEqual([
      ['wxs', 2, ['module']],
      ['view', 3, ['wx:if', 'data-x']],
    ])
  })
})
