import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** What the documents are made from: types and constants of the source, with their comments. */
export const ROOT = path.resolve(__dirname, '..')

/** A source file, by its path from the root of the project. */
export function parseSource(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)
}

/** The documentation comment before a node, as one paragraph. */
export function commentOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return docs
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Text as code. */
export const code = (text: string): string => `\`${text}\``

/** Text for a table cell. */
export const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|')
export const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`

type Named = ts.InterfaceDeclaration | ts.TypeAliasDeclaration

/** A declaration of a file, by its name. */
export function find<T extends Named>(file: ts.SourceFile, is: (node: ts.Node) => node is T, name: string): T {
  const found = file.statements.filter((s): s is T & ts.Statement => is(s)).find((s) => s.name.text === name)
  if (!found) throw new Error(`${file.fileName} declares no ${name}`)
  return found
}

/** Every `name: value` below a node. */
export function propertiesIn(root: ts.Node): ts.PropertyAssignment[] {
  const found: ts.PropertyAssignment[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}
