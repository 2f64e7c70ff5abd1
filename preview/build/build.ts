import fs from 'node:fs'
import path from 'node:path'
import { type BuildResult, createBundler } from './bundle'

export interface BuildOptions {
  /** The mini program's root: the folder of app.json. */
  readonly root: string
  /** Where to write the files; without it they are only returned. */
  readonly outDir?: string
  readonly dev?: boolean
  /** Adds the page around the phones. */
  readonly shell?: boolean
}

/** Builds a mini program for the preview once. A build with `problems` has failed and writes nothing. */
export async function build({ root, outDir, dev = true, shell = false }: BuildOptions): Promise<BuildResult> {
  const bundler = await createBundler({ root: path.resolve(root), dev, shell })
  try {
    const result = await bundler.build()
    if (!outDir || result.problems.length > 0) return result
    for (const [name, contents] of result.files) {
      const file = path.join(outDir, name)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, contents)
    }
    return result
  } finally {
    await bundler.end()
  }
}
