/**
 * Says why a path must not be followed, or null. The tricks of every platform are refused on every platform:
 * a bag is packed on one machine and opened on another, and nobody can know which.
 */
// RFC 8493, section 5.1.1 (path traversal) and 6.1.1.2 (special characters on Windows and Unix)
export function whyUnsafe(path: string): string | null {
  if (path === '') return 'the path is empty'
  if (/[\u0000]/.test(path)) return 'the path holds a zero byte'
  if (path.startsWith('/')) return 'the path starts at the root of a disk'
  if (path.startsWith('~')) return 'the path starts at the home folder of a person'
  if (/^[A-Za-z]:/.test(path)) return 'the path names a Windows drive'
  if (path.startsWith('\\')) return 'the path starts at a Windows root or share'
  if (/^%[^%/\\]+%/.test(path) || /^\$/.test(path)) return 'the path starts with a variable'
  // A shell, or a careless reader, takes a backslash for an escape or for a separator. Both readings are checked.
  const parts = [...path.split('/'), ...path.split(/[\\/]/), ...path.replaceAll('\\', '').split('/')]
  if (parts.includes('..')) return 'the path leads out of the bag'
  return null
}
