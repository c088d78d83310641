const films = ['mp4', 'mov', '3gp', 'm4a']
// Open: a name may end in anything, and an ending that is not here promises nothing.
const kinds: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpeg'],
  jpeg: ['jpeg'],
  png: ['png'],
  gif: ['gif'],
  webp: ['webp'],
  heic: ['heic', 'avif'],
  heif: ['heic', 'avif'],
  avif: ['avif', 'heic'],
  mp4: ['mp4', 'm4a', 'mov'],
  mov: ['mov', 'mp4'],
  m4v: films,
  '3gp': ['3gp', 'mp4'],
  m4a: ['m4a', 'mp4'],
  opus: ['opus', 'ogg'],
  ogg: ['opus', 'ogg'],
  amr: ['amr'],
  mp3: ['mp3'],
  wav: ['wav'],
  pdf: ['pdf'],
  zip: ['zip', 'wacz'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  apk: ['apk'],
  exe: ['exe'],
  msg: ['msg'],
  pst: ['pst'],
  db: ['sqlite', 'iphone-backup', 'whatsapp-database', 'sms-database'],
}

/** Endings of files that hold text; a film or a program under one of them is a lie. */
const texts = /^(?:txt|csv|json|xml|html?|eml|mbox|ics|vcf|js|md|log)$/
const notText: ReadonlySet<string> = new Set([
  ...Object.values(kinds).flat(),
  'exe',
  'elf',
  'rar',
  '7z',
  'gz',
  'tar',
  'cfb',
  'unrecognised',
])

/** The ending of a name that says something else than the content, or null. A name without an ending claims nothing. */
export function findLie(name: string, format: string): string | null {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]
  if (ending === undefined || format === 'empty') return null
  const lower = ending.toLowerCase()
  const allowed = Object.hasOwn(kinds, lower) ? kinds[lower] : undefined
  if (allowed) return allowed.includes(format) ? null : `.${ending}`
  return texts.test(lower) && notText.has(format) ? `.${ending}` : null
}
