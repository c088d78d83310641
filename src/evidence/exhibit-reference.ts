/** The producer part of an exhibit reference: two to five capital letters, the initials of who brought it. */
export type Producer = string

const producerShape = /^[A-Z]{2,5}$/

/**
 * Reads initials as somebody types them ("a.b.c", "abc "): dots and spaces go, letters become capitals.
 * Null when two to five letters from A to Z do not remain.
 */
export function parseProducer(typed: string): Producer | null {
  const letters = typed.replace(/[\s.\-'’]/g, '').toUpperCase()
  return producerShape.test(letters) ? letters : null
}

/**
 * The initials of a name, to offer as the producer: first letters of its words, without accents.
 * Empty when fewer than two of them are letters from A to Z: then a person has to choose.
 */
export function findInitials(name: string): Producer | '' {
  const letters = name
    .normalize('NFD')
    .split(/[\s\-'’.]+/u)
    .map(word => word.replace(/[^A-Za-z]/g, '').charAt(0))
    .join('')
    .toUpperCase()
    .slice(0, 5)
  return producerShape.test(letters) ? letters : ''
}

/** So many numbers are asked about one by one, before larger and larger steps. */
const oneByOne = 64

/**
 * The next reference of a producer: `ABC/1`, `ABC/2` and so on over the whole case. It follows the highest number
 * ever given, so a reference is never given twice and never changes. Numbers are given without a gap and none is
 * taken back, so the highest is found by asking about a few: as many questions for a case of ten as of a million.
 *
 * @param findGiven of these references, those that were given
 */
// Police practice for MG12 exhibit lists: the producing witness's initials and a running number that goes on across statements
export async function findNextReference(
  producer: Producer,
  findGiven: (references: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<string> {
  let given = 0
  let free = Number.MAX_SAFE_INTEGER
  while (free - given > 1) {
    const numbers = numbersBetween(given, free)
    const found = await findGiven(numbers.map(number => `${producer}/${number}`))
    const isGiven = (number: number): boolean => found.has(`${producer}/${number}`)
    free = Math.min(free, ...numbers.filter(number => !isGiven(number)))
    given = Math.max(given, ...numbers.filter(isGiven))
  }
  return `${producer}/${free}`
}

/** Numbers between two that cut what lies between them into small parts, and near the lower one into the smallest. */
function numbersBetween(given: number, free: number): readonly number[] {
  const numbers: number[] = []
  const isOpen = free === Number.MAX_SAFE_INTEGER
  const step = isOpen ? 1 : Math.ceil((free - given) / oneByOne)
  for (let at = given + step; at < free && numbers.length < oneByOne; at += step) numbers.push(at)
  if (isOpen) for (let at = 2 * oneByOne; at <= 2 ** 30; at *= 2) numbers.push(given + at)
  return numbers
}
