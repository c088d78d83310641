/** Where an exhibit lies in a bundle: a folder with its reference, and a name that is safe on every machine. */
export function exhibitPath(reference: string, originalName: string): string {
  return `data/exhibits/${safeName(reference.replaceAll('/', '-'))}/${safeName(originalName)}`
}

/**
 * A file name that Windows, macOS and Linux all accept: letters and digits of any script, space, dot, hyphen and
 * underscore; at most 100 characters with the last extension kept. The original name is in the exhibit list.
 */
// RFC 8493, section 6.1.1; Microsoft, "Naming Files, Paths, and Namespaces"
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[^\p{L}\p{M}\p{N} ._-]/gu, '_').replace(/^[. ~-]+|[. ]+$/g, '')
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? ''
  const stem = [...plain.slice(0, plain.length - extension.length)].slice(0, 80).join('').trimEnd()
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem.split('.')[0] ?? '')
  return stem === '' ? `file${extension}` : `${isReserved ? '_' : ''}${stem}${extension}`
}
