import fs from 'node:fs'
import path from 'node:path'

export const MINIPROGRAM = path.resolve(__dirname, '../../../miniprogram')

/** A start tag of a template, and the text that follows it up to the next tag. */
export interface Tag {
  file: string
  line: number
  name: string
  attributes: Map<string, string>
  text: string
}

const START = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>([^<]*)/g

function filesOf(folder: string, extension: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => path.join(folder, name))
}

/** Source files of the mini program's own folders, npm packages left out. */
export const sources = (extension: string): string[] =>
  ['components', 'pages'].flatMap((folder) => filesOf(path.join(MINIPROGRAM, folder), extension))

/** Every tag of every template. */
export function allTags(): Tag[] {
  return sources('.wxml').flatMap((file) => {
    const source = fs.readFileSync(file, 'utf8')
    return [...source.matchAll(START)].map((match) => ({
      file: path.relative(MINIPROGRAM, file),
      line: source.slice(0, match.index).split('\n').length,
      name: match[1] ?? '',
      attributes: new Map(
        [...(match[2] ?? '').matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map((pair) => [pair[1] ?? '', pair[2] ?? '']),
      ),
      text: (match[3] ?? '').trim(),
    }))
  })
}

export const placeOf = (tag: Tag): string => `${tag.file}:${tag.line} <${tag.name}>`
