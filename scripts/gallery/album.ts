import fs from 'node:fs'
import path from 'node:path'
import type { Actor, Look } from './actor'
import type { Group } from './studio'

const FOLDER = path.resolve(__dirname, '../../docs/gallery')
const MAX_BYTES = 45_000

/** Chinese on a phone of today, English on the narrowest one. */
export const LOOKS = {
  wide: { lang: 'zh-CN', width: 375, height: 812 },
  narrow: { lang: 'en', width: 320, height: 568 },
} as const satisfies Record<string, Look>

const fileOf = (group: string, scene: string, { lang, width }: Look): string => `${group}-${scene}-${lang}-${width}.jpg`

/** Keeps what a phone shows, once what moves for a moment has come to rest; smaller where it has much detail. */
export async function keep(actor: Actor, group: string, scene: string, look: Look): Promise<void> {
  await rest(actor)
  for (const quality of [60, 45, 30, 20]) {
    const picture = await actor.page.screenshot({ type: 'jpeg', quality })
    if (picture.length > MAX_BYTES && quality > 20) continue
    fs.mkdirSync(FOLDER, { recursive: true })
    fs.writeFileSync(path.join(FOLDER, fileOf(group, scene, look)), picture)
    return
  }
}

/** Waits for every animation that ends soon; a ring that counts two minutes down is not waited for. */
export const rest = (actor: Actor): Promise<unknown> =>
  actor.page.evaluate(() => {
    const brief = (animation: Animation) => Number(animation.effect?.getComputedTiming().endTime) < 2_000
    const ends = document.getAnimations().filter((animation) => brief(animation) && animation.playState === 'running')
    return Promise.allSettled(ends.map((animation) => animation.finished))
  })

function cell(group: string, scene: string, look: Look): string {
  const file = fileOf(group, scene, look)
  if (!fs.existsSync(path.join(FOLDER, file))) return ''
  return `<img src="${file}" width="${look.width / 2}" alt="${scene}, ${look.lang}">`
}

/** The table of all scenes that have a picture. */
export function writeTable(groups: readonly Group[]): void {
  const parts = groups.map(({ name, title, scenes }) => {
    const rows = Object.entries(scenes).flatMap(([scene, about]) => {
      const [wide, narrow] = [cell(name, scene, LOOKS.wide), cell(name, scene, LOOKS.narrow)]
      return wide || narrow ? [`| ${about} | ${wide} | ${narrow} |`] : []
    })
    return rows.length
      ? [`## ${title}\n\n| | 中文, 375 px | English, 320 px |\n|---|---|---|\n${rows.join('\n')}\n`]
      : []
  })
  const head = `# Gallery

What every state looks like: the preview's phones in real shows, with real streams and the state of a real server.
Made by \`npm run gallery\` (\`npm run gallery -- link\` renews one group); this file too.
`
  fs.writeFileSync(path.join(FOLDER, 'README.md'), [head, ...parts.flat()].join('\n'))
}
