import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { classes, generics, slots, variables } from './docs-look'
import { code, commentOf, find, parseSource, ROOT, row } from './docs-source'

export type Component = 'live-room' | 'rtc-room'
export type Language = 'en' | 'zh'

/** The document of a component in a language. Its tables are made here, the words around them by hand. */
export const componentDocFile = (component: Component, language: Language): string =>
  path.join(ROOT, `docs/${component}${language === 'zh' ? '.zh-CN' : ''}.md`)

const TYPE_NAMES: Readonly<Record<Component, string>> = { 'live-room': 'LiveRoom', 'rtc-room': 'RtcRoom' }
const sourceOf = (component: Component, file: string): ts.SourceFile =>
  parseSource(`miniprogram/components/${component}/${file}.ts`)

const HEADS = {
  en: {
    properties: ['property', 'type', 'default', 'meaning'],
    events: ['event', '`detail`', 'fires when'],
    methods: ['method', 'what it does'],
    slots: ['slot', 'where'],
    generics: ['generic', 'default', 'meaning'],
    classes: ['class', 'what it styles'],
    variables: ['variable', 'default', 'meaning'],
    names: ['older name', 'now'],
    tags: ['older tag', 'code', 'follows from'],
  },
  zh: {
    properties: ['属性', '类型', '默认值', '说明'],
    events: ['事件', '`detail`', '触发时机'],
    methods: ['方法', '说明'],
    slots: ['插槽', '说明'],
    generics: ['抽象节点', '默认组件', '说明'],
    classes: ['外部样式类', '说明'],
    variables: ['变量', '默认值', '说明'],
    names: ['旧名称', '新名称'],
    tags: ['旧 tag', 'code', '对应事件'],
  },
} as const satisfies Record<Language, Record<string, readonly string[]>>

type Table = keyof (typeof HEADS)['en']

/** The object that a file gives this name, without `as const` and `satisfies` around it. */
function objectOf(file: ts.SourceFile, name: string): ts.ObjectLiteralExpression {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.name.getText() !== name) continue
      let value = declaration.initializer
      while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression
      if (value && ts.isObjectLiteralExpression(value)) return value
    }
  }
  throw new Error(`${file.fileName} has no object ${name}`)
}

const fieldsOf = (object: ts.ObjectLiteralExpression): ts.PropertyAssignment[] =>
  object.properties.filter(ts.isPropertyAssignment)

/** The field of an object literal, as it is written; `as ...` and quotes left out. */
function writtenIn(object: ts.Expression, field: string): string {
  const found = ts.isObjectLiteralExpression(object)
    ? fieldsOf(object).find(({ name }) => name.getText() === field)?.initializer
    : undefined
  const plain = found && ts.isAsExpression(found) ? found.expression : found
  return plain?.getText().replaceAll("'", '') ?? ''
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const TYPES: Readonly<Record<string, string>> = { null: 'Boolean' }

function properties(component: Component): string[][] {
  return fieldsOf(objectOf(sourceOf(component, 'props'), 'props')).map((field) => {
    const type = writtenIn(field.initializer, 'type')
    const value = writtenIn(field.initializer, 'value')
    const name = field.name.getText()
    return [code(kebab(name)), TYPES[type] ?? type, value === '' ? '' : code(value), commentOf(field)]
  })
}

/** Events of a component; what one has in common with a show (`Common`) is told as it is there. */
function eventsOf(component: Component): ts.PropertySignature[] {
  const file = sourceOf(component, 'events')
  const { members } = find(file, ts.isInterfaceDeclaration, `${TYPE_NAMES[component]}Events`)
  const own = members.filter(ts.isPropertySignature)
  if (component === 'live-room') return own
  const common = find(file, ts.isTypeAliasDeclaration, 'Common').getText()
  return [...eventsOf('live-room').filter(({ name }) => common.includes(`'${name.getText()}'`)), ...own]
}

function events(component: Component): string[][] {
  return eventsOf(component).map((event) => {
    const detail = (event.type?.getText() ?? '').replace(/\/\*\*.*?\*\//gs, '').replace(/\s+/g, ' ')
    const fields =
      event.type && ts.isTypeLiteralNode(event.type) ? event.type.members.filter(ts.isPropertySignature) : []
    const notes = fields.filter((field) => commentOf(field)).map((f) => `${code(f.name.getText())}: ${commentOf(f)}`)
    const shown = fields.map((field) => `${field.name.getText()}: ${field.type?.getText()}`).join('; ') || detail
    return [code(event.name.getText()), code(`{ ${shown} }`), [commentOf(event), ...notes].join(' ')]
  })
}

function methods(component: Component): string[][] {
  const { members } = find(sourceOf(component, 'methods'), ts.isInterfaceDeclaration, `${TYPE_NAMES[component]}Methods`)
  return members.filter(ts.isMethodSignature).map((method) => [
    code(
      method
        .getText()
        .replace(/\/\*\*.*?\*\//gs, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
    commentOf(method),
  ])
}

const compat = (component: Component): ts.SourceFile => sourceOf(component, 'compat/table')

function names(component: Component): string[][] {
  const of = (table: string, shown: (name: string) => string, now: (name: string) => string) =>
    fieldsOf(objectOf(compat(component), table)).map((field) => [
      code(shown(field.name.getText())),
      code(now(field.initializer.getText().replaceAll("'", ''))),
    ])
  const told = new Set(methods(component).map(([signature = '']) => signature.slice(1).split('(')[0] ?? ''))
  return [
    ...of('PROPERTIES', (name) => name, kebab),
    // In a call everybody is alike.
    ...(component === 'live-room'
      ? of(
          'ROLES',
          (name) => `role="${name}"`,
          (name) => `role="${name}"`,
        )
      : []),
    ...of(
      'METHODS',
      (name) => `${name}()`,
      (name) => (told.has(name) ? `${name}()` : kebab(name)),
    ),
  ]
}

function tags(component: Component): string[][] {
  return fieldsOf(objectOf(compat(component), 'TAGS')).map(({ initializer }) => {
    const list = writtenIn(initializer, 'tags').slice(1, -1).split(', ')
    const number = writtenIn(initializer, 'code')
    return [list.map(code).join(' '), number === 'null' ? '' : number, code(writtenIn(initializer, 'from'))]
  })
}

const ROWS: Readonly<Record<Table, (component: Component) => string[][]>> = {
  properties,
  events,
  methods,
  slots,
  generics,
  classes,
  variables,
  names,
  tags,
}

function table(name: Table, component: Component, language: Language): string {
  const head = HEADS[language][name]
  return [row(...head), `|${'---|'.repeat(head.length)}`, ...ROWS[name](component).map((cells) => row(...cells))].join(
    '\n',
  )
}

/** Both look alike by the same variables, which one document lists. */
const ELSEWHERE: Readonly<Record<Component, readonly Table[]>> = { 'live-room': [], 'rtc-room': ['variables'] }

/** A document with its tables as the source says now. @throws when it does not have every one of them */
export function componentDoc(component: Component, language: Language): string {
  const file = componentDocFile(component, language)
  let text = readFileSync(file, 'utf8')
  for (const name of Object.keys(ROWS) as Table[]) {
    if (ELSEWHERE[component].includes(name)) continue
    const place = new RegExp(`(<!-- begin:${name} -->\n)[\\s\\S]*?(<!-- end:${name} -->)`)
    if (!place.test(text)) throw new Error(`${file} has no place for the table of ${name}`)
    text = text.replace(place, (_, begin: string, end: string) => `${begin}${table(name, component, language)}\n${end}`)
  }
  return text
}
