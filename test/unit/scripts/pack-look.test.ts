import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { packedStyle } from '../../../scripts/pack/styles'
import { packedTemplate } from '../../../scripts/pack/templates'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-look-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))

async function styled(css: string): Promise<string> {
  const file = path.join(dir, 'a.wxss')
  fs.writeFileSync(file, css)
  return packedStyle(file)
}

test('a template loses comments and white space, and no text', () => {
  expect(packedTemplate('<view>\n  <!-- who -->\n  <text>a  b</text>\n</view>\n')).toBe(
    '<view><text>a  b</text></view>',
  )
  expect(packedTemplate("<view\n  wx:if=\"{{a === 'b'  &&\n !c}}\"\n  class=\"d {{e ? 'f  g' : ''}}\"\n/>")).toBe(
    "<view wx:if=\"{{a==='b'&&!c}}\" class=\"d {{e?'f  g':''}}\"/>",
  )
  // Two minus signs in a row would be another operator.
  expect(packedTemplate('<a b="{{c - -1}}" />')).toBe('<a b="{{c - -1}}"/>')
})

test('a style sheet keeps its imports and its colours', async () => {
  expect(await styled('@import "../../theme/./stage.wxss";\n.a { color: var(--b, rgba(255, 255, 255, 0.8)); }')).toBe(
    '@import "../../theme/stage.wxss";.a{color:var(--b,#fffc)}',
  )
  expect(await styled('page { --glass: rgba(18, 15, 24, 0.52); }')).toBe('page{--glass:#120f1885}')
})
