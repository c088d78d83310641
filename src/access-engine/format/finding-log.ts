/** One reason why a file cannot be used: where it is, its kind, and in words. */
export type Finding = { readonly place: string; readonly code: FindingCode; readonly message: string }

export type FindingCode =
  | 'not-json'
  | 'wrong-shape'
  | 'unknown-field'
  | 'missing'
  | 'twice'
  | 'unknown-id'
  | 'broken-text'
  | 'negative'
  | 'not-whole'
  | 'too-small'
  | 'too-large'
  | 'contradiction'
  | 'more'

/** So many alike are listed, and so many in all. A last one says how many more there are. */
const mostAlike = 100
const mostInAll = 1000

/**
 * Keeps everything that is wrong with a file, and where the reader is in it. However much is wrong, it lists a bounded
 * number: of each kind some, so that a hundred thousand of one kind hide nothing of another.
 */
export function makeFindingLog() {
  const findings: Finding[] = []
  const steps: (string | number)[] = []
  const alike = new Map<unknown, Map<FindingCode, number>>()
  let unlisted = 0
  let muted = 0

  /** Whether one more of these would be listed. Counts it. */
  function counts(kind: unknown, code: FindingCode): boolean {
    if (muted > 0) return false
    const codes = alike.get(kind) ?? new Map<FindingCode, number>()
    alike.set(kind, codes)
    const before = codes.get(code) ?? 0
    codes.set(code, before + 1)
    if (before < mostAlike && findings.length < mostInAll) return true
    unlisted += 1
    return false
  }

  /** Notes what is wrong here. Those of one `kind` and code are alike. The words are made only where they are listed. */
  function note(kind: unknown, code: FindingCode, say: string | (() => string)): void {
    if (counts(kind, code))
      findings.push({ place: writePlace(steps), code, message: typeof say === 'string' ? say : say() })
  }

  /** The same for one field or item of what is being read. */
  function noteAt(
    within: readonly (string | number)[],
    kind: unknown,
    code: FindingCode,
    say: string | (() => string),
  ): void {
    steps.push(...within)
    note(kind, code, say)
    steps.length -= within.length
  }

  return {
    note,
    noteAt,
    enter: (step: string | number): void => void steps.push(step),
    leave: (): void => void steps.pop(),
    /** Reads something for its harmless value alone. */
    mute<Value>(act: () => Value): Value {
      muted += 1
      const value = act()
      muted -= 1
      return value
    },
    /** Everything that is wrong, in the order in which it was met. */
    list: (): readonly Finding[] =>
      unlisted === 0
        ? findings
        : [
            ...findings,
            {
              place: 'file',
              code: 'more',
              message: `has ${unlisted} more findings, which are not listed`,
            },
          ],
  }
}

export type FindingLog = ReturnType<typeof makeFindingLog>

/** Deeper than this no format goes: what lies further down is in something that is wrong as a whole. */
const deepestPlace = 12

function writePlace(steps: readonly (string | number)[]): string {
  if (steps.length === 0) return 'file'
  const place = steps
    .slice(0, deepestPlace)
    .map(step =>
      typeof step === 'number'
        ? `[${step}]`
        : /^[A-Za-z_$][\w$-]{0,79}$/.test(step)
          ? `.${step}`
          : `[${JSON.stringify(clip(step))}]`,
    )
    .join('')
  return `${place.replace(/^\./, '')}${steps.length > deepestPlace ? '…' : ''}`
}

/** A name from the file, as a sentence quotes it. */
export function quote(name: string): string {
  return `“${clip(name)}”`
}

function clip(name: string): string {
  return (name.length > 80 ? `${name.slice(0, 80)}…` : name).replace(/\p{Surrogate}/gu, '\uFFFD')
}
