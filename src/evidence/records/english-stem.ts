/** What ends a region of a word: a letter that is no vowel, after a vowel. */
const vowel = /[aeiouy]/
const doubled = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/

/** Words that the rules would take for forms of another. */
const asTheyAre: Readonly<Record<string, string>> = {
  skis: 'ski',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  idly: 'idl',
  gently: 'gentl',
  ugly: 'ugli',
  early: 'earli',
  only: 'onli',
  singly: 'singl',
  sky: 'sky',
  news: 'news',
  howe: 'howe',
  atlas: 'atlas',
  cosmos: 'cosmos',
  bias: 'bias',
  andes: 'andes',
}
const afterPlural = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
])

/** The stem of an English word in lower case: two words with one stem are forms of one another. Other words stay as they are. */
// M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org, read November 2026
export function stemEnglish(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word
  const known = Object.hasOwn(asTheyAre, word) ? asTheyAre[word] : undefined
  if (known !== undefined) return known
  // A y that stands as a consonant is told apart by being a capital.
  let stem = word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y')
  const r1 = findFirstRegion(stem)
  const r2 = regionAfter(stem, r1)
  stem = dropPlural(stem)
  if (afterPlural.has(stem)) return stem
  stem = dropPast(stem, r1)
  if (/[^aeiouy][yY]$/.test(stem) && stem.length > 2) stem = `${stem.slice(0, -1)}i`
  stem = replaceEnding(stem, r1, secondEndings)
  stem = replaceThird(stem, r1, r2)
  stem = dropFourth(stem, r2)
  return dropLast(stem, r1, r2).toLowerCase()
}

function findFirstRegion(word: string): number {
  const special = /^(?:gener|commun|arsen)/.exec(word)
  return special ? special[0].length : regionAfter(word, 0)
}

function regionAfter(word: string, from: number): number {
  for (let at = from + 1; at < word.length; at += 1)
    if (!vowel.test(word[at] ?? '') && vowel.test(word[at - 1] ?? '')) return at + 1
  return word.length
}

function dropPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (/ie[sd]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1)
  if (/(?:us|ss)$/.test(word) || !word.endsWith('s')) return word
  return vowel.test(word.slice(0, -2)) ? word.slice(0, -1) : word
}

function dropPast(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word)
  if (eed) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word
  const past = /(?:ed|ing)(?:ly)?$/.exec(word)
  if (!past || !vowel.test(word.slice(0, past.index))) return word
  const stem = word.slice(0, past.index)
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (doubled.test(stem)) return stem.slice(0, -1)
  return isShort(stem, r1) ? `${stem}e` : stem
}

const endsShort = (word: string): boolean =>
  /^[aeiouy][^aeiouy]$/.test(word) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word)

const isShort = (word: string, r1: number): boolean => r1 >= word.length && endsShort(word)

const secondEndings: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
]

function replaceEnding(
  word: string,
  region: number,
  endings: readonly (readonly [string, string])[],
): string {
  for (const [ending, instead] of endings)
    if (word.endsWith(ending))
      return word.length - ending.length >= region ? word.slice(0, -ending.length) + instead : word
  if (/logi$/.test(word) && word.length - 3 >= region) return word.slice(0, -1)
  if (/[cdeghkmnrt]li$/.test(word) && word.length - 2 >= region) return word.slice(0, -2)
  return word
}

const thirdEndings: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]

function replaceThird(word: string, r1: number, r2: number): string {
  if (word.endsWith('ative')) return word.length - 5 >= r2 ? word.slice(0, -5) : word
  for (const [ending, instead] of thirdEndings)
    if (word.endsWith(ending))
      return word.length - ending.length >= r1 ? word.slice(0, -ending.length) + instead : word
  return word
}

function dropFourth(word: string, r2: number): string {
  const ending = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic)$/.exec(word)
  if (ending) return ending.index >= r2 ? word.slice(0, ending.index) : word
  return /[st]ion$/.test(word) && word.length - 3 >= r2 ? word.slice(0, -3) : word
}

function dropLast(word: string, r1: number, r2: number): string {
  const at = word.length - 1
  if (word.endsWith('e'))
    return at >= r2 || (at >= r1 && !endsShort(word.slice(0, -1))) ? word.slice(0, -1) : word
  return word.endsWith('ll') && at >= r2 ? word.slice(0, -1) : word
}

/** What every word with this stem begins with. */
export function beginningOfStem(stem: string): string {
  const changed: Readonly<Record<string, string>> = { sky: 'sk', die: 'd', lie: 'l', tie: 't' }
  if (Object.hasOwn(changed, stem)) return changed[stem] ?? stem
  return stem.length > 2 ? stem.replace(/[eiy]$/, '') : stem
}
