import { rename, writeFile } from 'node:fs/promises'

/** Writes a small file whole or not at all: a crash leaves the old content. Calls for one file must not overlap. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`
  await writeFile(draft, text)
  await rename(draft, file)
}
