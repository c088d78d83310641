import type { CaseStory, StoryFile } from './case-story.ts'
import { seededChance } from './chance.ts'
import { androidExport, type ChatLine, inventChat, iphoneExport } from './chat.ts'
import { packChat } from './chat-archive.ts'
import { tellStrangerDays } from './leak-stories.ts'
import { strangerMap } from './map-stories.ts'
import type { MoveDays } from './move-days.ts'
import { drawScreenshot, type Screen } from './screenshot.ts'

const client = 'Noor Invented'

const says = [
  'you blocked the other one but i am still here',
  'i watched all your talks again',
  'we both know you want to answer',
  'why do you smile at them and not at me',
  'i made you a present',
  'nice street',
  'your friends are lying to you about me',
  'i will come to the reading on friday',
  'delete the photo with him',
  'you wore the green one',
  'i can be patient. years.',
  'everyone will know what you are',
  'i wrote to your publisher',
  'answer. answer. answer.',
] as const

function lines(seed: number, from: string, days: number, sender: string, first: string): readonly ChatLine[] {
  const chance = seededChance(seed)
  const chat = inventChat(chance, {
    from,
    days,
    perDayAtStart: 4,
    perDayAtEnd: 16,
    sender,
    client,
    says,
    answers: ['I do not know you. Do not contact me again.'],
    replies: 0,
  })
  return [{ at: from.replace('T00:00:00', 'T06:00:00'), from: sender, text: first }, ...chat]
}

const screens: readonly (Screen & { readonly name: string })[] = [
  {
    name: 'Screenshot photo app requests.png',
    app: 'Photo sharing – requests',
    clock: '07:58',
    colour: '#8a2d5b',
    rows: [
      { text: 'noor_forever_11', small: 'Joined this week. Sent 41 messages' },
      { text: 'noor_forever_12', small: 'Joined today. Sent 9 messages' },
      { text: 'the.real.noor.i', small: 'Uses your picture' },
    ],
  },
  {
    name: 'Screenshot short posts.png',
    app: 'Short posts – mentions',
    clock: '12:03',
    colour: '#1f4e79',
    rows: [
      { text: '@patient_reader_7: nice street', small: 'with a photo of a front door' },
      { text: '@patient_reader_8: you wore the green one', small: '14 replies by the same account' },
    ],
  },
  {
    name: 'Screenshot professional network.png',
    app: 'Professional network',
    clock: '09:31',
    colour: '#29506d',
    rows: [
      { text: 'A reader wrote to your employer', small: '“You should know what she is”' },
      { text: 'Profile views: 63 by one member', small: 'in seven days' },
    ],
  },
  {
    name: 'Screenshot game chat.png',
    app: 'Game chat',
    clock: '22:47',
    colour: '#3b2f63',
    rows: [
      { text: 'PatientReader: found you here too', small: 'private message' },
      { text: 'PatientReader: same name as your cat', small: 'private message' },
    ],
  },
  {
    name: 'Screenshot video comments.png',
    app: 'Video – comments',
    clock: '19:15',
    colour: '#7a2f1d',
    rows: [
      { text: 'patient reader 9: i watched all your talks again', small: '27 comments in one evening' },
      { text: 'patient reader 10: you cannot block everyone', small: 'new account, made today' },
    ],
  },
]

/** As an iPhone writes a number that nobody saved. */
const firstNumber = '\u202a+44\u00a07700\u00a0900781\u202c'

const screenshots: readonly StoryFile[] = screens.map(({ name, ...screen }) => ({
  name,
  how: 'Taken by her on her own phone, whole screen with the clock',
  zone: 'Europe/London',
  make: () => drawScreenshot(screen),
}))

/** A stranger fixated on a client over six platforms, with a new account whenever one is blocked. All invented. */
export function tellStrangerStory(move: MoveDays): CaseStory {
  return {
    client,
    suspect: 'Patient Reader',
    key: 'stranger',
    relation: 'stranger',
    typeReasons: ['not-met', 'new-accounts', 'many-platforms', 'false-profiles', 'published-details'],
    flags: ['came-in-person', 'knows-new-place'],
    receivedBy: 'public-form',
    words:
      'Somebody I do not know writes to me from new accounts every week, on everything I use. He posted a photo of my front door. I have reported it eleven times and each time it is one report. Last week he said he would come to my reading.',
    postcode: 'TN1 1AA',
    phone: '07700 900456',
    stalkerType: 'stranger-online',
    producer: 'NI',
    map: strangerMap,
    days: tellStrangerDays(move),
    files: [
      {
        name: 'WhatsApp Chat - unknown number.zip',
        how: 'Exported with media on her phone, with the adviser beside her',
        zone: 'Europe/London',
        make: () =>
          packChat(
            '_chat.txt',
            iphoneExport([
              ...lines(77, move('2026-02-03T00:00:00'), 120, firstNumber, 'you do not know me yet'),
              // The suspected person sets the app's invisible mark before words of their own.
              { at: move('2026-06-04T23:50:00'), from: firstNumber, text: '\u200eI know which bus you take' },
            ]),
            [],
          ),
      },
      {
        name: 'WhatsApp Chat with +44 7700 900782.txt',
        how: 'Exported without media on her phone, with the adviser beside her',
        zone: 'Europe/London',
        make: async () =>
          Buffer.from(
            androidExport(
              lines(78, move('2026-06-05T00:00:00'), 110, '+44 7700 900782', 'new number. same me.'),
            ),
            'utf8',
          ),
      },
      ...screenshots,
    ],
    told: [
      {
        at: move('2026-08-14T17:30'),
        precision: 'about',
        what: 'A parcel came to her door with a book and a lock of hair. Nobody but her family knows the address.',
        clientWords: 'I do not open the door any more.',
        changed: 'Parcels go to a neighbour; a camera at the door.',
        platform: 'Post',
        codes: ['B_CONTACT'],
      },
      {
        at: move('2026-09-25T19:00'),
        precision: 'exact',
        what: 'A man she did not know stood at the back of her reading and filmed her. He left when staff came.',
        clientWords: 'I knew it was him before he smiled.',
        changed: 'Stopped giving readings.',
        platform: 'In person',
        codes: ['A_FOLLOW', 'G_WATCH', 'E_LOITER'],
      },
    ],
    found: [
      {
        words: '"new number. same me."',
        what: 'A new number, the day after she blocked the old one.',
        platform: 'WhatsApp',
        codes: ['B_CONTACT'],
      },
      {
        words: '"you do not know me yet"',
        what: 'The first message she kept, from a number she did not know.',
        platform: 'WhatsApp',
        codes: ['B_CONTACT'],
      },
    ],
  }
}

/** The story on the days it was written for. */
export const strangerStory: CaseStory = tellStrangerStory(at => at)
