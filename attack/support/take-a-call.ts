import type { Answered, Visitor } from './visitor.ts'

/** A call handler saves a call, as the form of the call sheet sends it. */
export async function takeACall(handler: Visitor, number: number): Promise<Answered> {
  const saved = await handler.post('/calls/new', {
    words: `Call number ${number}: somebody knows where I park.`,
    dangerNow: 'no',
    filledBy: 'client',
    adult: 'yes',
    postcode: 'TN9 1AA',
    cyberstalked: 'maybe',
    flags: ['insider'],
    suspectName: `Quentin Made-Up ${number}`,
    relation: 'former-partner',
    clientName: `Opal Made-Up ${number}`,
    phone: '07700 900321',
    phoneSafe: 'yes',
    codeWords: 'blue kettle',
  })
  if (saved.status !== 303) throw new Error(`a call was answered with ${saved.status}`)
  return saved
}
