import type { FindingLog } from './finding-log.ts'

type Frame = {
  /** The names in an object so far; none in a list. */
  readonly names: Set<string> | null
  /** The name that is being read, or the index. */
  step: string | number
  awaitsName: boolean
}

/**
 * Notes every field that stands twice in one object. A program that reads JSON takes the last of them without a word, and
 * its reader sees the first. The text must be JSON; the time is linear in it, however deep it goes.
 */
export function noteRepeatedFields(json: string, log: FindingLog): void {
  const frames: Frame[] = []
  const top = (): Frame | undefined => frames.at(-1)
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '"': {
        const end = findEndOfText(json, at)
        const frame = top()
        if (frame?.names && frame.awaitsName) {
          const name = readName(json.slice(at, end + 1))
          frame.step = name
          frame.awaitsName = false
          if (frame.names.has(name))
            log.noteAt(
              frames.slice(0, 16).map(each => each.step),
              noteRepeatedFields,
              'twice',
              'is there twice',
            )
          frame.names.add(name)
        }
        at = end
        break
      }
      case '{':
        frames.push({ names: new Set(), step: '', awaitsName: true })
        break
      case '[':
        frames.push({ names: null, step: 0, awaitsName: false })
        break
      case '}':
      case ']':
        frames.pop()
        break
      case ',': {
        const frame = top()
        if (frame?.names) frame.awaitsName = true
        else if (frame && typeof frame.step === 'number') frame.step += 1
        break
      }
    }
  }
}

/** Where the text ends that begins here: at the first quotation mark with an even number of backslashes before it. */
function findEndOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json[end - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return end
  }
}

/** Escapes can write one name in many ways. */
function readName(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}
