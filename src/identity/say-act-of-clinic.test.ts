import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sayActOfClinic } from './say-act-of-clinic.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const bare = {
  actId: 1,
  at: new Date(0),
  personName: null,
  task: null,
  subjectName: null,
  role: null,
  job: null,
}

/** Verbs of acts that are recorded with no case, or not always with one. */
function verbsWithoutCase(): readonly string[] {
  const verbs: string[] = []
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue
    for (const [, act = ''] of readFileSync(`${root}${path}`, 'utf8').matchAll(
      /recordAct\(\s*\w+,\s*(\{[\s\S]*?\})\s*\)\n/g,
    )) {
      const sure = act.replaceAll(/\.\.\.\([\s\S]*?\)/g, '')
      if (/\bcaseId\b/.test(sure) || /\.\.\.\w/.test(sure)) continue
      for (const [, verb = ''] of (/verb:([^,}]*)/.exec(sure)?.[1] ?? '').matchAll(/'([a-z]+-[a-z-]+)'/g))
        verbs.push(verb)
    }
  }
  return verbs
}

test('every act that stands among those of the clinic has words, and none is shown as its code', () => {
  const verbs = verbsWithoutCase()
  expect(verbs).toContain('client-sign-in-refused')
  expect(verbs.length).toBeGreaterThan(20)
  const unsaid = verbs.filter(verb => sayActOfClinic({ ...bare, verb } as never).did === verb)
  expect(unsaid).toEqual([])
})
