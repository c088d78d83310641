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

/**
 * The next reference of a producer: `ABC/1`, `ABC/2` and so on over the whole case. It follows the highest number
 * ever issued, so a reference is never given twice and never changes.
 */
// Police practice for MG12 exhibit lists: the producing witness's initials and a running number that goes on across statements
export function findNextReference(producer: Producer, issued: readonly string[]): string {
  const numbers = issued
    .filter(reference => reference.startsWith(`${producer}/`))
    .map(reference => Number(reference.slice(producer.length + 1)))
    .filter(number => Number.isSafeInteger(number))
  return `${producer}/${Math.max(0, ...numbers) + 1}`
}
