import type { Finding, Language, Level } from './finding'

const SIGNS: Record<Level, string> = { error: '✗', warning: '!', todo: '□', ok: '✓' }
const ORDER: readonly Level[] = ['ok', 'todo', 'warning', 'error']
const WORDS = {
  zh: {
    ok: '正常',
    todo: '程序看不到，请自己核对',
    warning: '请留意',
    error: '必须改',
    why: '为什么',
    fix: '怎么办',
    none: '（无）',
    last: (errors: number, warnings: number) =>
      errors > 0 ? `${errors} 处必须改，${warnings} 处请留意。` : `没有必须改的，${warnings} 处请留意。`,
  },
  en: {
    ok: 'Fine',
    todo: 'No program can see these: please look',
    warning: 'Worth a look',
    error: 'Must be put right',
    why: 'why',
    fix: 'do',
    none: '(none)',
    last: (errors: number, warnings: number) => `${errors} to put right, ${warnings} worth a look.`,
  },
} as const

/** `zh` where LC_ALL, LC_MESSAGES or LANG begins so. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^zh/i.test(locale) ? 'zh' : 'en'
}

export const count = (findings: readonly Finding[], level: Level): number =>
  findings.filter((finding) => finding.level === level).length

/** For people: what matters most stands last, where a terminal ends. */
export function asText(findings: readonly Finding[], language: Language): string {
  const words = WORDS[language]
  const parts = ORDER.flatMap((level) => {
    const those = findings.filter((finding) => finding.level === level)
    return those.length > 0
      ? [`${words[level]}\n\n${those.map((finding) => paragraph(finding, language)).join('\n')}`]
      : []
  })
  return `${parts.join('\n\n')}\n\n${words.last(count(findings, 'error'), count(findings, 'warning'))}\n`
}

function paragraph({ level, what, why, fix, copy = [] }: Finding, language: Language): string {
  const words = WORDS[language]
  const lines = [`  ${SIGNS[level]} ${what[language]}`]
  if (why) lines.push(`      ${words.why}: ${why[language]}`)
  if (fix) lines.push(`      ${words.fix}: ${fix[language]}`)
  for (const { heading, lines: entries } of copy) {
    lines.push(`      ${heading}`, ...(entries.length > 0 ? entries : [words.none]).map((entry) => `        ${entry}`))
  }
  return lines.join('\n')
}

/** For programs: one object, texts in one language. */
export function asJson(findings: readonly Finding[], language: Language): string {
  const said = findings.map(({ id, level, what, why, fix, copy }) => ({
    id,
    level,
    what: what[language],
    why: why?.[language],
    fix: fix?.[language],
    copy,
  }))
  const [errors, warnings] = [count(findings, 'error'), count(findings, 'warning')]
  return `${JSON.stringify({ ok: errors === 0, errors, warnings, findings: said }, null, 2)}\n`
}
