/**
 * The name an original is handed out under: its exhibit reference, then what is left of the sender's name when
 * everything that could mislead a person or a file system is gone. Never a path, never hidden, at most 120 characters.
 */
export function findDownloadName(exhibitRef: string, originalName: string): string {
  const reference = exhibitRef.replaceAll('/', '-')
  const last = originalName.split(/[/\\]/).at(-1) ?? ''
  const safe = last
    .normalize('NFC')
    // Control and format characters: among them the marks that turn the reading direction and fake an ending
    .replace(/\p{C}/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}._ ()+-]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
  const shortened = shorten(safe, 120 - reference.length - 1)
  return shortened === '' ? reference : `${reference}-${shortened}`
}

function shorten(name: string, most: number): string {
  const characters = [...name]
  if (characters.length <= most) return name
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, most - ending.length).join('') + ending
}
