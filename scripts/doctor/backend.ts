import ts from 'typescript'

/** The backend of `miniprogram/config.ts`, as far as it is written there in plain words. */
export interface ClientBackend {
  kind: string
  env?: string
  baseUrl?: string
}

/** Finds `backend: { kind: '...', ... }` in the code (comments hold examples of it); null when there is none. */
export function readBackend(source: string): ClientBackend | null {
  const file = ts.createSourceFile('config.ts', source, ts.ScriptTarget.ES2022)
  const find = (node: ts.Node): ClientBackend | undefined => {
    if (ts.isPropertyAssignment(node) && nameOf(node) === 'backend' && ts.isObjectLiteralExpression(node.initializer)) {
      return textsOf(node.initializer)
    }
    return ts.forEachChild(node, find)
  }
  return find(file) ?? null
}

const nameOf = ({ name }: ts.PropertyAssignment): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''

function textsOf({ properties }: ts.ObjectLiteralExpression): ClientBackend | undefined {
  const texts = new Map<string, string>()
  for (const property of properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer)) continue
    texts.set(nameOf(property), property.initializer.text)
  }
  const [kind, env, baseUrl] = ['kind', 'env', 'baseUrl'].map((name) => texts.get(name))
  if (kind === undefined) return undefined
  return { kind, ...(env === undefined ? {} : { env }), ...(baseUrl === undefined ? {} : { baseUrl }) }
}
