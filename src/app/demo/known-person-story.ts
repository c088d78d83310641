import type { CaseStory } from './case-story.ts'
import { seededChance } from './chance.ts'
import { androidExport, type ChatLine, inventChat } from './chat.ts'
import { packChat } from './chat-archive.ts'
import { tellKnownPersonDays } from './leak-stories.ts'
import { knownPersonMap } from './map-stories.ts'
import { type MoveDays, sayDayOfStory } from './move-days.ts'
import { drawPhoto, drawScreenshot } from './screenshot.ts'

const client = 'Lena Fiction'
const suspect = 'Karl Fiction'

const says = [
  'Where are you',
  'Your phone is on. Answer it.',
  'You were not at work at 2 like you said',
  'Who is he',
  'Nice walk by the river?',
  'I know you have read this',
  'The heating was on all night. Waste.',
  'You cannot just disappear, we are married',
  'Say hello to your sister for me. Again.',
  'Fourteen calls. Pick up.',
  'Appointment on Thursday? What for?',
  'Funny, the car says you are lying',
  'Turn round and come home',
  'You looked tired on the stairs',
  'I can wait. I have all night.',
  'Did you like the sound the car made?',
  'Still got the key to the shed',
  'You moved the camera in the hall. Put it back.',
  'Answer me or I come over',
  '???',
  'New coat.',
  'I pay for that phone',
] as const
const answers = [
  'Stop writing to me.',
  'Leave me alone.',
  'Please stop.',
  'I am not going to answer any more.',
  'Only about the house, through my solicitor.',
] as const

function chatLines(move: MoveDays): readonly ChatLine[] {
  const chance = seededChance(20_260_301)
  const invented = inventChat(chance, {
    from: move('2025-09-01T00:00:00'),
    days: 400,
    perDayAtStart: 2,
    perDayAtEnd: 14,
    sender: suspect,
    client,
    says,
    answers,
    replies: 0.04,
    silentDays: day => day >= 210 && day < 222,
  })
  const fixed: ChatLine[] = [
    {
      at: move('2025-09-01T08:00:00'),
      from: '',
      text: 'Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.',
    },
    {
      at: move('2025-11-14T18:22:00'),
      from: client,
      text: 'I have moved out. Do not contact me again by any means. If you do I will report it.',
    },
    { at: move('2025-11-14T18:24:00'), from: suspect, text: 'We will see about that' },
    { at: move('2026-01-09T08:41:00'), from: suspect, text: 'Meow 🐱' },
    {
      at: move('2026-01-09T08:42:00'),
      from: suspect,
      text: 'Every time you pass the bridge. I set it up specially.\nYou can thank me later.',
    },
    {
      at: move('2026-02-20T23:10:00'),
      from: suspect,
      text: 'IMG-20260220-WA0003.jpg (file attached)\nyou, at 22:58',
    },
    { at: move('2026-03-29T00:30:00'), from: suspect, text: 'One hour less to hide tonight.' },
    // What somebody will need later: a block and its end, and messages that were set to disappear.
    { at: move('2026-03-29T08:05:00'), from: '', text: 'You blocked this contact. Tap to unblock.' },
    { at: move('2026-04-10T19:40:00'), from: '', text: 'You unblocked this contact.' },
    // The suspected person types what the app writes: nobody can tell the two apart.
    { at: move('2026-04-11T21:12:00'), from: suspect, text: 'You blocked this contact' },
    {
      at: move('2026-06-01T23:02:00'),
      from: '',
      text: `${suspect} turned on disappearing messages. New messages will disappear from this chat 24 hours after they're sent, except when kept. Tap to change.`,
    },
    { at: move('2026-06-02T00:10:00'), from: suspect, text: 'null' },
    { at: move('2026-04-02T07:15:00'), from: suspect, text: 'This message was deleted' },
    {
      at: move('2026-05-06T10:02:00'),
      from: suspect,
      text: 'Dentist at 11:40, Thursday. Same one as before. I will park outside.',
    },
    { at: move('2026-07-18T02:13:00'), from: suspect, text: 'Missed voice call' },
    { at: move('2026-09-12T21:40:00'), from: suspect, text: '<Media omitted>' },
    { at: move('2026-09-30T22:05:00'), from: suspect, text: 'شوف 👀 I even learned this one for you' },
  ]
  return [...invented, ...fixed].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** What an advocate found in the messages. */
const found: CaseStory['found'] = [
  {
    words: '"every time you pass the bridge"',
    what: 'He wrote “Meow” and said that he had set the car up to make that sound at the bridge.',
    platform: 'WhatsApp',
    codes: ['B_CONTACT', 'D_MONITOR', 'F_INTERFERE'],
  },
  {
    words: '"we will see about that"',
    what: 'His answer two minutes after she told him not to contact her again by any means.',
    platform: 'WhatsApp',
    codes: ['B_CONTACT'],
  },
  {
    words: '"dentist at 11:40"',
    what: 'He named the time of an appointment that was only in the shared calendar, and said he would park outside.',
    platform: 'WhatsApp',
    codes: ['B_CONTACT', 'D_MONITOR'],
  },
]

/** Like a client whose former husband controls the car, the cameras and the calendar. Everybody in it is invented. */
export function tellKnownPersonStory(move: MoveDays): CaseStory {
  return {
    client,
    suspect,
    key: 'known-person',
    relation: 'former-partner',
    typeReasons: [
      'had-hands-on-devices',
      'shared-accounts',
      'set-up-the-home',
      'knows-private-things',
      'lived-together',
    ],
    flags: ['came-in-person', 'former-partner-threats'],
    receivedBy: 'phone',
    words:
      'I left in November. He rings and writes all day and he knows where I have been. The car made a meow noise when I went over the bridge and then he wrote meow. He knew about the dentist. There is a camera in the hall I did not put there.',
    postcode: 'TN9 1AA',
    phone: '07700 900123',
    stalkerType: 'known-control',
    producer: 'LF',
    map: knownPersonMap,
    days: tellKnownPersonDays(move),
    files: tellFiles(move),
    told: tellIncidents(move),
    found,
  }
}

/** What they brought. */
function tellFiles(move: MoveDays): CaseStory['files'] {
  return [
    {
      name: 'WhatsApp Chat with Karl Fiction.zip',
      how: 'Exported with media on her phone, with the adviser beside her, and copied by cable',
      zone: 'Europe/London',
      make: async () =>
        packChat('WhatsApp Chat with Karl Fiction.txt', androidExport(chatLines(move)), [
          {
            name: 'IMG-20260220-WA0003.jpg',
            bytes: await drawScreenshot({
              app: 'Photo',
              clock: '22:58',
              colour: '#30343b',
              rows: [{ text: 'A dark doorway', small: 'taken through a window' }],
            }),
          },
        ]),
    },
    {
      name: 'Screenshot car app drivers.png',
      how: 'Taken by her on her own phone in the appointment',
      zone: 'Europe/London',
      make: () =>
        drawScreenshot({
          app: 'My car – people',
          clock: `10:12  ${sayDayOfStory(move('2026-05-07'))}`,
          colour: '#23415a',
          rows: [
            { text: 'Karl F. – owner', small: 'Live location, lock, horn, sounds by place' },
            { text: 'Lena F. – driver', small: 'Added by Karl F.' },
            {
              text: 'Sound by place: “Meow”',
              small: `Old bridge, both directions. Made ${sayDayOfStory(move('2026-01-08'))}`,
            },
          ],
        }),
    },
    {
      name: 'Screenshot camera users.png',
      how: 'Taken by her on her own phone in the appointment',
      zone: 'Europe/London',
      make: () =>
        drawScreenshot({
          app: 'Home cameras',
          clock: `10:20  ${sayDayOfStory(move('2026-05-07'))}`,
          colour: '#4a3b5c',
          rows: [
            { text: 'Front door', small: 'Shared with 2 people' },
            { text: 'Hall', small: `Added ${sayDayOfStory(move('2025-12-03'))} from another phone` },
            { text: 'Signed in: KF phone', small: 'Last seen 23 minutes ago' },
          ],
        }),
    },
    {
      name: 'Screenshot shared calendar.png',
      how: 'Taken by her on her own phone in the appointment',
      zone: 'Europe/London',
      make: () =>
        drawScreenshot({
          app: 'Calendar – sharing',
          clock: `10:26  ${sayDayOfStory(move('2026-05-07'))}`,
          colour: '#1d5c4d',
          rows: [
            { text: 'Family calendar', small: 'Karl F. can see and change everything' },
            { text: `${sayDayOfStory(move('2026-05-07'))} 11:40 Dentist`, small: 'Seen by: Karl F.' },
          ],
        }),
    },
    {
      name: 'IMG_2041.jpg',
      how: 'Taken by her on her own phone and copied by cable',
      zone: 'Europe/London',
      make: () =>
        drawPhoto(
          {
            app: 'Photo',
            clock: `19:04  ${sayDayOfStory(move('2026-06-21'))}`,
            colour: '#3b3230',
            rows: [
              { text: 'A small camera behind the hall mirror', small: 'a lens, a cable, a memory card' },
            ],
          },
          {
            at: 'hall',
            exifClock: `${move('2026-06-21').slice(0, 10).replaceAll('-', ':')} 19:04:00`,
          },
        ),
    },
  ]
}

/** What they told, in their own words. */
function tellIncidents(move: MoveDays): CaseStory['told'] {
  return [
    {
      at: move('2026-01-09T08:40'),
      precision: 'about',
      what: 'The car played a meow as she crossed the old bridge. Minutes later he wrote “Meow”.',
      clientWords: 'I felt sick. I pulled over and could not drive on.',
      changed: 'Takes the bus to work; will not drive alone.',
      platform: 'Car app',
      codes: ['D_MONITOR', 'F_INTERFERE'],
    },
    {
      at: move('2026-05-07T11:35'),
      precision: 'exact',
      what: 'He stood outside the dentist five minutes before an appointment that was only in the shared calendar.',
      clientWords: 'I thought he was going to get into the building.',
      changed: 'Cancelled the appointment; her sister goes with her everywhere.',
      platform: 'In person',
      codes: ['A_FOLLOW', 'E_LOITER'],
    },
    {
      at: move('2026-06-21T19:00'),
      precision: 'about',
      what: 'She found a camera behind the hall mirror that she had not put there.',
      clientWords: 'I do not undress in my own house.',
      changed: 'Sleeps at her sister’s.',
      platform: 'Home camera',
      codes: ['G_WATCH'],
    },
  ]
}

/** The story on the days it was written for. */
export const knownPersonStory: CaseStory = tellKnownPersonStory(at => at)
