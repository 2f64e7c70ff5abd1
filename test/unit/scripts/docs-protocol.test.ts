import { readFileSync } from 'node:fs'
import { inputs } from '../../../cloudfunctions/contract/actions'
import { HTTP_STATUS } from '../../../cloudfunctions/contract/refusals'
import { PROTOCOL_DOC, protocolDoc } from '../../../scripts/docs-protocol'

it('M145: docs/protocol.md is what the schemas and types say now (else: npm run docs)', () => {
  expect(readFileSync(PROTOCOL_DOC, 'utf8')).toBe(protocolDoc())
})

it('names every action, every field and every error', () => {
  const doc = protocolDoc()
  for (const [action, schema] of Object.entries(inputs)) {
    const section = doc.split(`### ${action}\n`)[1]?.split('\n##')[0] ?? ''
    for (const field of Object.keys(schema.entries)) expect(section).toContain(`| \`${field}\` |`)
    expect(section).toContain('Answer: ')
  }
  for (const code of Object.keys(HTTP_STATUS)) expect(doc).toContain(`| \`${code}\` | `)
})
