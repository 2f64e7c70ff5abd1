import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { compileWxss, type WxssScope } from '../../../preview/build/wxss'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'preview-wxss-'))
afterAll(() => fs.rmSync(root, { recursive: true }))

function compile(source: string, scope: Partial<WxssScope> = {}): string {
  const file = path.join(root, 'a.wxss')
  fs.writeFileSync(file, source)
  const isBuiltin = (tag: string) => ['view', 'text', 'button'].includes(tag)
  return compileWxss(file, root, { classPrefix: null, isBuiltin, ...scope })
}

describe('wxss', () => {
  test('750rpx are the width of the phone, in values and media queries', () => {
    expect(compile('.a { width: 375rpx; margin: -10rpx 1.5rpx }')).toBe(
      '.a { width: 50cqw; margin: -1.33333cqw 0.2cqw }',
    )
    expect(compile('@media (min-width: 750rpx) { .a { top: 0 } }')).toContain('(min-width: 100cqw)')
  })

  test('viewport heights are those of the page, not of the phone', () => {
    expect(compile('.a { height: calc(100vh - 10px) }')).toContain('calc(100cqh - 10px)')
  })

  test('safe areas come from the phone, not from the browser', () => {
    expect(compile('.a { padding-bottom: calc(8px + env(safe-area-inset-bottom)) }')).toContain(
      'calc(8px + var(--safe-area-bottom))',
    )
  })

  test('classes of an isolated component cannot meet those of another', () => {
    expect(compile('.a.b > .c:not(.d) {}', { classPrefix: 'c1' })).toBe('.c1--a.c1--b > .c1--c:not(.c1--d) {}')
  })

  test(':host is the host node of the component', () => {
    expect(compile(':host { top: 0 }', { classPrefix: 'c1' })).toContain('[wx-host=c1]')
  })

  test('builtin tags become host nodes, other tags stay', () => {
    expect(compile('view > text, custom {}')).toBe('wx-view > wx-text, custom {}')
  })

  test('rules of a page reach that page only', () => {
    const css = compile('page { color: red }\n.a, .b {}', { route: 'pages/a/a' })
    expect(css).toContain('[data-route="pages/a/a"] .wx-page')
    expect(css).toMatch(/\[data-route="pages\/a\/a"\] +\.a, *\[data-route="pages\/a\/a"\] +\.b/)
  })

  test('steps of keyframes are no selectors', () => {
    expect(compile('@keyframes k { from { left: 10rpx } 50% { left: 0 } }', { classPrefix: 'c1' })).toContain('from {')
  })

  test('imports are put in place, once, even in a circle', () => {
    fs.writeFileSync(path.join(root, 'b.wxss'), '@import "/a.wxss";\n.b {}')
    expect(compile('@import "./b.wxss";\n.a {}').replace(/\s+/g, ' ')).toBe('.b {} .a {}')
  })
})
