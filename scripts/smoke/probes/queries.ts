import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../../doctor/finding'
import { doc } from '../bench'
import { type Bench, codeOf, judge, type Outcome, type Probe, together } from '../probe'

/** What `get` brings when nobody says how many; and more than that. */
const PAGE = 100
const ROWS = PAGE + 5
const BATCH = 20
const DATABASE = join(__dirname, '../../../cloudfunctions/database.json')

async function addRows(bench: Bench, kind: string): Promise<void> {
  for (let from = 0; from < ROWS; from += BATCH) {
    const count = Math.min(BATCH, ROWS - from)
    const { codes } = await together(count, (i) =>
      bench.collection.add(doc(bench, `${kind}${from + i}`, { kind, rank: from + i })),
    )
    if (codes.length > 0) throw new Error(`insert: ${codes[0]}`)
  }
}

/** How many documents one query brings, with and without a limit of its own. */
export const limits = (bench: Bench): Probe => ({
  name: 'query-limit',
  title: say('查询的默认条数和上限', 'how many documents a query brings'),
  async run() {
    const { collection, run } = bench
    await addRows(bench, 'row')
    const query = { run, kind: 'row' }
    const plain = (await collection.where(query).get()).data.length
    const wide = (await collection.where(query).limit(1000).get()).data.length
    const { total } = await collection.where(query).count()
    const figures = `rows=${ROWS}, get=${plain}, limit(1000)=${wide}, count=${total}`
    return judge(plain === PAGE && wide === ROWS && total === ROWS, say(figures, figures))
  },
})

/** A page of the list: filter, order, limit, and the next page after the last key. */
export const order = (bench: Bench): Probe => ({
  name: 'where-order',
  title: say('条件加排序加翻页', 'where with orderBy, page by page'),
  async run() {
    const { collection, run, db } = bench
    await addRows(bench, 'page')
    const page = async (below: number): Promise<number[]> => {
      const query = { run, kind: 'page', rank: db.command.lt(below) }
      return (await collection.where(query).orderBy('rank', 'desc').limit(10).get()).data.map(
        ({ rank }) => rank as number,
      )
    }
    const first = await page(ROWS)
    const second = await page(first.at(-1) ?? 0)
    const wanted = Array.from({ length: 20 }, (_, i) => ROWS - 1 - i)
    const figures = `${first[0]}..${first.at(-1)}, ${second[0]}..${second.at(-1)}`
    return judge(JSON.stringify([...first, ...second]) === JSON.stringify(wanted), say(figures, figures))
  },
})

/** `updateAndReturn` gives the document after the change, nothing where the guard does not hold, and sees its own words. */
export const updateAndReturn = (bench: Bench): Probe => ({
  name: 'update-and-return',
  title: say('updateAndReturn 的形状', 'the shape of updateAndReturn'),
  async run() {
    const { collection, db } = bench
    const { _id } = doc(bench, 'returned')
    await collection.add(doc(bench, 'returned', { n: 1 }))
    const change = async (guard: object, data: object) =>
      (await collection.where({ _id, ...guard }).updateAndReturn(data)) as {
        updated?: number
        doc?: { n?: number } | null
      }
    const held = await change({ n: 1 }, { n: db.command.inc(1) })
    const broken = await change({ n: 1 }, { n: 9 })
    const again = await change({ n: 2 }, { n: 2 })
    const figures = `held: n=${held.doc?.n}; guard: ${broken.doc ?? 'none'}; unchanged: n=${again.doc?.n}`
    return judge(held.doc?.n === 2 && !broken.doc && again.doc?.n === 2, say(figures, figures))
  },
})

/** Every collection of the service is there. Reads one document of each and keeps none. */
export const collections = (bench: Bench): Probe => ({
  name: 'collections',
  title: say('云函数要用的集合都在', 'the collections of the functions are there'),
  async run(): Promise<Outcome> {
    const names = Object.keys((JSON.parse(readFileSync(DATABASE, 'utf8')) as { collections: object }).collections)
    const answers = await Promise.all(
      names.map((name) =>
        bench.db
          .collection(name)
          .limit(1)
          .get()
          .then(
            () => null,
            (error: unknown) => `${name} (${codeOf(error)})`,
          ),
      ),
    )
    const missing = answers.filter((answer) => answer !== null)
    if (missing.length > 0) {
      return judge(
        false,
        say(
          `读不到：${missing.join(', ')}；在控制台创建，见 docs/deploy.zh-CN.md 第 4 节`,
          `not to be read: ${missing.join(', ')}; make them, docs/deploy.md section 4`,
        ),
      )
    }
    return {
      verdict: 'note',
      seen: say(
        `${names.length} 个都在；SDK 看不到索引，请在控制台核对`,
        `all ${names.length} are there; no SDK shows an index: compare them in the console`,
      ),
    }
  },
})
