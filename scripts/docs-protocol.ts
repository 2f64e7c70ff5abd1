import path from 'node:path'
import ts from 'typescript'
import * as v from 'valibot'
import { inputs } from '../cloudfunctions/contract/actions'
import { ADMIN_REFUSALS, adminInputs } from '../cloudfunctions/contract/admin'
import { ALWAYS, HTTP_STATUS, REFUSALS } from '../cloudfunctions/contract/refusals'
import type { ErrorCode } from '../miniprogram/protocol/errors'
import { cell, commentOf, find, parseSource, propertiesIn, ROOT, row } from './docs-source'

export const PROTOCOL_DOC = path.join(ROOT, 'docs/protocol.md')

const parse = (name: string): ts.SourceFile => parseSource(path.join('miniprogram/protocol', `${name}.ts`))

const codes = (list: readonly string[]): string => list.map((code) => `\`${code}\``).join(' ')
const block = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``

/** The properties of `{ ... }`; none for any other type. */
function propertiesOf(type: ts.TypeNode | undefined): ts.PropertySignature[] {
  return type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : []
}

const typeOf = (members: readonly ts.PropertySignature[], name: string): ts.TypeNode | undefined =>
  members.find((m) => m.name.getText() === name)?.type

/** What the doors know of actions: their schemas, and what they may refuse with. */
interface Contract {
  inputs: Readonly<Record<string, { entries: Record<string, v.GenericSchema & { wrapped?: v.GenericSchema }> }>>
  refusals: Readonly<Record<string, readonly ErrorCode[]>>
  /** What stands before an action's name in its heading. */
  prefix?: string
}
const ROOMS: Contract = { inputs, refusals: REFUSALS }
const OPERATORS: Contract = { inputs: adminInputs, refusals: ADMIN_REFUSALS, prefix: 'admin: ' }

/** What the schema says about a field, in words. */
function limitOf(contract: Contract, action: string, field: string): string {
  const schema = contract.inputs[action]?.entries[field]
  const limit = schema && v.getMetadata(schema.wrapped ?? schema).limit
  if (typeof limit !== 'string') throw new Error(`${action}.${field} has no documented limit`)
  return limit
}

const actionSection =
  (contract: Contract) =>
  (signature: ts.PropertySignature): string => {
    const action = signature.name.getText().replaceAll("'", '')
    const parts = propertiesOf(signature.type)
    const fields = propertiesOf(typeOf(parts, 'input')).map((field) => {
      const name = field.name.getText()
      const optional = field.questionToken ? 'optional' : 'required'
      return row(`\`${name}\``, `\`${field.type?.getText()}\``, optional, limitOf(contract, action, name))
    })
    const input =
      fields.length > 0 ? ['| field | type | | limits |', '|---|---|---|---|', ...fields].join('\n') : 'No input.'
    const refusals = contract.refusals[action] ?? []
    return [
      `### ${contract.prefix ?? ''}${action}`,
      commentOf(signature),
      input,
      `Answer: \`${cell(typeOf(parts, 'output')?.getText() ?? '').replace(/\\\|/g, '|')}\``,
      ...(refusals.length > 0 ? [`Refuses with ${codes(refusals)}.`] : []),
    ].join('\n\n')
  }

/** With the comment behind it on the same line. */
const endOf = (file: ts.SourceFile, node: ts.Node): number =>
  ts.getTrailingCommentRanges(file.text, node.end)?.at(-1)?.end ?? node.end

/** Interfaces and type aliases of a file as they stand, comments included; `skip` by name. */
function typesOf(file: ts.SourceFile, skip: readonly string[] = []): string {
  return file.statements
    .filter((s) => ts.isInterfaceDeclaration(s) || ts.isTypeAliasDeclaration(s))
    .filter((s) => !skip.includes(s.name.text))
    .map((s) =>
      file.text.slice(s.getStart(file, true), endOf(file, s)).replace(/^(\/\*\*[\s\S]*?\*\/\n)?export /, '$1'),
    )
    .join('\n\n')
}

/** Every code with the comment behind it. */
function errorRows(file: ts.SourceFile): string[] {
  const union = find(file, ts.isTypeAliasDeclaration, 'ErrorCode').type
  if (!ts.isUnionTypeNode(union)) throw new Error('ErrorCode is no union')
  return union.types.map((type) => {
    const code = type.getText().slice(1, -1) as ErrorCode
    const [comment] = ts.getTrailingCommentRanges(file.text, type.end) ?? []
    const text = comment ? file.text.slice(comment.pos, comment.end).replace(/^\/\/\s*/, '') : ''
    return row(`\`${code}\``, String(HTTP_STATUS[code]), text)
  })
}

const limitRows = (file: ts.SourceFile): string[] =>
  propertiesIn(file).map((node) => row(`\`${node.name.getText()}\``, node.initializer.getText(), commentOf(node)))

/** Files of the protocol whose interface holds a part of the actions: `Actions` extends each. */
const PARTS = ['link', 'order', 'recording', 'pk', 'ring'] as const

/** `link` -> `LinkActions`. */
const interfaceOf = (part: (typeof PARTS)[number]): string => `${part.charAt(0).toUpperCase()}${part.slice(1)}Actions`

/** The actions of one interface. */
const actionsOf = (file: ts.SourceFile, name: string): ts.PropertySignature[] =>
  find(file, ts.isInterfaceDeclaration, name).members.filter(ts.isPropertySignature)

/** `link` -> the interface `LinkActions` of protocol/link.ts, with its comment as the heading's text. */
function partSection(part: (typeof PARTS)[number]): string {
  const file = parse(part)
  const name = interfaceOf(part)
  const about = commentOf(find(file, ts.isInterfaceDeclaration, name))
  return [`## ${TITLES[part]}`, ...(about ? [about] : []), ...actionsOf(file, name).map(actionSection(ROOMS))].join(
    '\n\n',
  )
}

/** What operators do, through a door of its own. */
function adminSection(): string {
  const file = parse('admin')
  const about = commentOf(find(file, ts.isInterfaceDeclaration, 'AdminActions'))
  const actions = actionsOf(file, 'AdminActions').map(actionSection(OPERATORS))
  const types = block(typesOf(file, ['AdminActions', 'AdminActionName', 'AdminInput', 'AdminOutput']))
  return [about, ...actions, '### admin: types', types].join('\n\n')
}

/** The codes with which a line of the chat is refused. */
function chatRefusalRows(): string[] {
  const rows: string[] = []
  for (const node of propertiesIn(parse('order'))) {
    rows.push(row(node.initializer.getText(), `\`${node.name.getText().replaceAll("'", '')}\``, commentOf(node)))
  }
  return rows
}

const TITLES = { link: 'Link-mic', order: 'Order', recording: 'Recordings', pk: 'PK', ring: 'Ringing' } as const

/** docs/protocol.md, made from the schemas and the protocol's types. */
export function protocolDoc(): string {
  const actions = parse('actions')
  const table = actionsOf(actions, 'Actions')
  return `# Protocol of the room service

<!-- Made by scripts/docs-protocol.ts from cloudfunctions/contract and miniprogram/protocol. Do not edit. -->

## Doors

| door | how to call | who calls |
|---|---|---|
| \`room\` | \`wx.cloud.callFunction({ name: 'room', data })\`; on a laptop \`POST /functions/room\` with \`x-dev-openid\` | the OPENID that the platform vouches for |
| \`web-room\` | \`POST\` through the HTTP access service; on a laptop \`POST /http/web-room\` | \`authorization: Bearer <token>\` |
| \`live-callback\` | \`POST\` by the streaming cloud, event types 1 and 0 | \`sign = md5(callback key + t)\`, not expired |
| \`trtc-callback\` | \`POST\` by TRTC, event types 103, 104, 201 and 203 | header \`Sign\`: base64 of HMAC-SHA256 with \`TRTC_CALLBACK_KEY\` over the body |
| \`im-callback\` | \`POST\` by the chat service, before and after a group message | \`Sign = sha256(token + RequestTime)\` in the address, not older than five minutes |
| \`admin\` | \`callFunction\`, or \`POST\` through the HTTP access service; on a laptop \`npm run admin\` | OPENIDs in \`ADMIN_OPENIDS\`, or \`authorization: Bearer <operator's token>\`; all others get one and the same refusal |
| \`sweeper\` | timer | nobody: refuses any OPENID |

A request to \`room\` or \`web-room\` is one flat object \`{ action, ...input }\`. Fields that are not listed here are
dropped; identity is never read from the request. The answer is a \`Reply\`; \`serverNow\` is the server's clock in ms.

${block(typesOf(parse('errors'), ['ErrorCode']))}

A token of \`web-room\` is \`v1.<payload>.<signature>\`: the payload is base64url of \`{"sub":"<openid>","exp":<unix seconds>}\`,
the signature base64url of HMAC-SHA256 with \`WEB_TOKEN_SECRET\` over \`v1.<payload>\`. A back end that has logged a person in
makes one. Browsers may call from the origins in \`WEB_ORIGINS\`, and from nowhere else. An operator's token for \`admin\` is made
alike, with \`ADMIN_TOKEN_SECRET\` and \`{"aud":"admin","sub":"<operator>","exp":<unix seconds>}\`; neither opens the other door.

## Actions

Every action may refuse with ${codes(ALWAYS)}.

${table.map(actionSection(ROOMS)).join('\n\n')}

${PARTS.map(partSection).join('\n\n')}

## Errors

| code | HTTP status | meaning |
|---|---|---|
${errorRows(parse('errors')).join('\n')}

## Messages

Custom messages of the room's chat group; the group's id is the room's id.

${block(typesOf(parse('messages')))}

### What the chat refuses

Before a member's message is delivered, the chat service asks \`im-callback\`. Likes pass; a barrage line is delivered under the
name that its sender has chosen, or refused with one of these codes. Other messages of members are misshapen: what changes a
room comes from the server.

| code | | meaning |
|---|---|---|
${chatRefusalRows().join('\n')}

## Operators

${adminSection()}

## Limits

| limit | value | |
|---|---|---|
${limitRows(parse('limits')).join('\n')}

## Types

${block(
  [
    typesOf(parse('room')),
    typesOf(actions, ['Actions', 'ActionName', 'Input', 'Output', 'Request']),
    ...PARTS.map((part) => typesOf(parse(part), PARTS.map(interfaceOf))),
  ]
    .filter((text) => text !== '')
    .join('\n\n'),
)}
`
}
