/** Told now and then how far long work has come. */
export type Progress = (line: string) => void

/** Says a line at most every five seconds, so that a short piece of work says nothing. */
export function nowAndThen(say: Progress, milliseconds: () => number): (line: () => string) => void {
  let said = milliseconds()
  return line => {
    const now = milliseconds()
    if (now - said < 5000) return
    said = now
    say(line())
  }
}

/** A size as a person says it. */
export function sayBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}
