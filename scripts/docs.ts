/** `npm run docs`: writes what the documents take from the source. */
import { writeFileSync } from 'node:fs'
import { componentDoc, componentDocFile } from './docs-component'
import { PROTOCOL_DOC, protocolDoc } from './docs-protocol'

writeFileSync(PROTOCOL_DOC, protocolDoc())
for (const component of ['live-room', 'rtc-room'] as const) {
  for (const language of ['en', 'zh'] as const) {
    writeFileSync(componentDocFile(component, language), componentDoc(component, language))
  }
}
