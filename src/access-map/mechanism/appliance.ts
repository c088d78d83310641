import {
  type Ending,
  endWith,
  findGoes,
  findTells,
  type NoticePlaces,
  readOf,
  sayKeeps,
  sayNotices,
} from './act-facts.ts'
import type { ApplianceAct, ApplianceFacts } from './appliance-facts.ts'
import { makeKeepingApart, placesForPasswords } from './kept-password.ts'
import type { HersWhile, Parts, RulePart, StepPart } from './part.ts'
import { unlessOthers, writeOthers } from './whose.ts'
import { beginParts, makePhotographs, makeRule, makeStep, type PartsInHand } from './write-parts.ts'

const places: NoticePlaces = {
  inside: [{ node: '{}' }],
  recovery: [{ node: '{other}.content', each: 'account' }, { node: '{}.owner' }],
  owner: [{ node: '{}.owner' }],
  members: [{ node: '{}.shared' }, { node: '{}.owner' }],
  nearby: [{ node: 'person:suspect' }],
  contacts: [{ node: 'person:suspect' }],
  suspect: [{ node: 'person:suspect' }],
}

/**
 * A thing with an app. Three ways in that are closed by different acts: it is in an account of theirs, they were given a
 * share, or they use the client's own log-in. Taking users out does nothing about a log-in.
 */
export function writeAppliance(facts: ApplianceFacts): Parts {
  const parts = beginParts()
  const asked = writeOthers(parts, '{}.log')
  askAboutAppliance(parts, facts)
  const looks = findTells(facts.acts.look, places)
  const endings = findEndings(facts, looks, asked)
  parts.rules.push(
    ...findSharedRules(endings, facts.acts['reset-it']?.keepsUsers ?? false),
    ...findLogInRules(endings),
  )
  parts.steps.push(...makeApplianceSteps(facts, looks), ...Object.values(endings).flatMap(each => each.steps))
  const papers = facts.paths.find(each => each.kind === 'ownership')
  if (papers) writePapers(parts, papers)
  for (const path of facts.paths)
    writePathByHand(parts, path, looks, { silent: endings.silent.by, needsPapers: papers !== undefined })
  parts.reveals.push({ from: '{}', ...facts.reveals })
  parts.evidence.push({
    id: '{}.log',
    weight: facts.keeps ? 25 : 15,
    preservedBy: ['photograph-settings:{}'],
    words: `The users, the sign-ins and the log of {label}${sayKeeps(facts.keeps)}`,
    ...findGoes(facts.keeps),
  })
  const byHand = [
    'reset-it:{}',
    'unplug:{}',
    'ask-runner:{}',
    'see-runner:{}',
    ...facts.paths.flatMap(({ end }) => [`${end.id}:{}`, `see-${end.id}:{}`]),
  ]
  return { ...parts, steps: parts.steps.map(each => ({ ...each, isWithin: !byHand.includes(each.id) })) }
}

const needs = ['person:client']
const unplugged = ['unplug:{}']
const changed = ['change-login:{}']

function askAboutAppliance(parts: PartsInHand, facts: ApplianceFacts): void {
  parts.questions.push(
    { kind: 'belief', id: 'owner', ask: facts.askOwner },
    { kind: 'belief', id: 'shared', ask: facts.askShared },
    {
      kind: 'belief',
      id: 'login',
      ask: 'May they use the client’s own log-in to it?',
      hint: 'They know its password, or a device of theirs is signed in with it. That is not a share, and no list of users shows it.',
    },
    {
      kind: 'things',
      id: 'account',
      ask: 'In which of the client’s accounts is it, and which mailbox is behind it?',
      of: facts.accounts,
    },
    {
      kind: 'things',
      id: 'devices',
      ask: 'On which of the client’s devices is its app?',
      of: ['phone', 'tablet', 'computer', 'child-device'],
    },
    {
      kind: 'things',
      id: 'kept',
      ask: 'Where is the password of the client’s log-in to it kept?',
      of: [...placesForPasswords],
    },
  )
  parts.nodes.push(
    { id: '{}', kind: 'device', label: '{label}' },
    { id: '{}.owner', kind: 'ownership', label: 'an account of theirs with {label} in it' },
    { id: '{}.shared', kind: 'membership', label: 'a share in {label}' },
    { id: '{}.login', kind: 'secret', label: 'the client’s log-in to {label}' },
    { id: '{}.new-login', kind: 'secret', label: 'the client’s new log-in to {label}' },
    {
      id: '{}.session',
      kind: 'session',
      label: '{label}, signed in with the client’s log-in on a device of theirs',
    },
  )
  parts.holds.push(
    { who: 'suspect', node: '{}.owner', when: 'owner' },
    { who: 'suspect', node: '{}.shared', when: 'shared' },
    { who: 'suspect', node: '{}.login', when: 'login' },
    { who: 'suspect', node: '{}.session', when: 'login' },
  )
}

/** `silent`: it sends nothing to anybody any more, unplugged or told so by itself. */
type Endings = Readonly<Record<'removed' | 'signedOut' | 'reset' | 'silent', Ending>>

const lookAgain = (
  id: string,
  words: string,
  tells: StepPart['tells'],
  hersWhile?: readonly HersWhile[],
) => ({
  id,
  do: words,
  tells,
  needs,
  hersWhile,
})

function findEndings({ acts, steps }: ApplianceFacts, looks: StepPart['tells'], asked: Ending): Endings {
  const removed = endWith(
    'remove-them:{}',
    acts['remove-them'],
    lookAgain(
      'see-users:{}',
      'Look at the users of {label} again: only the client stands there',
      looks,
      whoseTo('remove-them', acts),
    ),
  )
  const signedOut = endWith(
    'remove-devices:{}',
    acts['remove-devices'],
    lookAgain(
      'see-devices:{}',
      'Look at the signed-in devices of {label} again: only the client’s own stand there',
      looks,
      whoseTo('remove-devices', acts),
    ),
  )
  const reset = endWith(
    'reset-it:{}',
    acts['reset-it'],
    lookAgain(
      'see-reset:{}',
      'See that {label} is in the client’s own account, and in nobody else’s',
      looks,
      whoseTo('reset-it', acts),
    ),
  )
  const stopped = endWith(
    'stop-sending:{}',
    acts['stop-sending'],
    lookAgain('see-silent:{}', 'See on {label} itself that it still sends nothing', looks),
  )
  const silent = steps['stop-sending']
    ? { by: [...stopped.by, ...unplugged], steps: stopped.steps }
    : { by: unplugged, steps: [] }
  const byThem = (ending: Ending): Ending => ({ ...ending, by: [...ending.by, ...asked.by] })
  return { removed: byThem(removed), signedOut, reset: byThem(reset), silent }
}

/** What a landlord or an employer does who runs a thing, besides what a maker leaves to its owner alone. */
const ofRunner: readonly ApplianceAct[] = ['remove-them', 'reset-it']

/** While whose it is an act is the client’s to take: not where only they own it, nor where only somebody else runs it. */
function whoseTo(act: ApplianceAct, acts: ApplianceFacts['acts']): readonly HersWhile[] {
  const owner: HersWhile = { question: 'owner', answers: ['no', 'unknown'] }
  const isOwners = acts[act]?.onlyOwner ?? act === 'remove-them'
  return [...(ofRunner.includes(act) ? unlessOthers : []), ...(isOwners ? [owner] : [])]
}

/** What it is in, and a share that was given. */
function findSharedRules({ removed, reset, silent }: Endings, keepsUsers: boolean): readonly RulePart[] {
  return [
    {
      ...makeRule('{}', ['{}.owner'], 'has it in an account of their own'),
      unless: [...reset.by, ...silent.by],
    },
    {
      ...makeRule('{}', ['{}.shared'], 'uses the share they were given'),
      unless: [...removed.by, ...(keepsUsers ? [] : reset.by), ...silent.by],
    },
  ]
}

/** The client’s own log-in, wherever it is used, typed or read. */
function findLogInRules({ signedOut, reset, silent }: Endings): readonly RulePart[] {
  return [
    {
      ...makeRule('{}', ['{}.login'], 'signs in with the client’s log-in', 'suspect'),
      unless: [...changed, ...silent.by],
    },
    {
      ...makeRule('{}', ['{}.new-login'], 'signs in with the client’s new log-in', 'suspect'),
      if: changed,
      unless: silent.by,
    },
    {
      ...makeRule('{}', ['{}.session'], 'is signed in with the client’s log-in', 'suspect'),
      unless: [...signedOut.by, ...silent.by],
    },
    {
      ...makeRule('{}', ['{other}.content'], 'opens it from {other}', 'suspect'),
      unless: silent.by,
      each: 'account',
      // Set up again in an account that they never touched, it is no longer in the one that nobody named.
      unlessUnknown: reset.by,
    },
    {
      ...makeRule('{}', ['{other}'], 'opens its app on {other}', 'suspect'),
      unless: silent.by,
      each: 'devices',
      unlessUnknown: signedOut.by,
    },
    {
      ...makeRule('{}', ['{other}.reports'], 'sees it in its app on {other}', 'suspect'),
      unless: silent.by,
      each: 'devices',
      unlessUnknown: signedOut.by,
    },
    {
      ...makeRule('{}.login', ['{other}.passwords'], 'reads the log-in in {other}', 'suspect'),
      each: 'kept',
    },
    {
      ...makeRule('{}.new-login', ['{other}.passwords'], 'reads the new log-in in {other}', 'suspect'),
      if: changed,
      unless: ['keep-apart:{}'],
      each: 'kept',
      onlyNamed: true,
    },
    {
      ...makeRule('{}.login', ['{other}.reports'], 'has seen the log-in being typed on {other}', 'suspect'),
      each: 'devices',
      atMost: 'suspected',
    },
    {
      ...makeRule(
        '{}.new-login',
        ['{other}.reports'],
        'sees the new log-in being typed on {other}',
        'suspect',
      ),
      if: changed,
      each: 'devices',
      onlyNamed: true,
    },
  ]
}

function makeApplianceSteps(
  { acts, steps, paths }: ApplianceFacts,
  looks: StepPart['tells'],
): readonly StepPart[] {
  const words = (id: keyof ApplianceFacts['steps'] & ApplianceAct): readonly StepPart[] => {
    const said = steps[id]
    if (!said) return []
    const { do: text, cost, notices, lost, ready, undo } = said
    const hasPapers = paths.some(each => each.kind === 'ownership')
    const step = makeStep({
      id: `${id}:{}`,
      do: text,
      cost: [cost.effort, cost.money, cost.disruption, cost.risk],
      tells: findTells(acts[id], places),
      ...readOf(acts[id]),
      needs: hasPapers && acts[id]?.byDealer ? [...needs, inHerName] : needs,
      // What goes by itself is lost too when nothing can be seen of it while its days run, and where no source says how long
      // it is kept, or whether a thing without power keeps it at all, it may be gone with the plug.
      destroys: ['{}.log'],
      notices: sayNotices(notices, acts[id]),
      lost,
      ready: [
        ready,
        ...(acts[id]?.onlyOwner ? [onlyTheOwner] : []),
        ...(id === 'reset-it' && hasPapers ? [untilPapers] : []),
      ].join(' '),
      undo,
      hersWhile: whoseTo(id, acts),
    })
    return [step]
  }
  return [
    {
      ...makePhotographs(
        'the list of users, the signed-in devices, the sign-ins and the activity log',
        looks,
        needs,
      ),
      notices: sayNotices('', acts.look),
      ...readOf(acts.look),
    },
    ...words('remove-them'),
    ...words('reset-it'),
    ...words('stop-sending'),
    ...words('unplug'),
    makeStep({
      id: 'change-login:{}',
      do: 'Change the password of the client’s log-in to {label}',
      cost: [3, 0, 1, 1],
      tells: findTells(acts['change-login'], places),
      ...readOf(acts['change-login']),
      needs,
      notices: sayNotices('They are asked for a password they no longer know.', acts['change-login']),
      lost: 'Nothing, once it is written down somewhere safe.',
      ready: 'The mailbox behind it, shut to everybody else first; a device that nobody else sees into.',
      undo: 'Change it again.',
    }),
    makeKeepingApart(needs, changed),
    makeStep({
      id: 'remove-devices:{}',
      do: 'Remove every signed-in device but the client’s own from {label}',
      cost: [2, 0, 2, 2],
      tells: findTells(acts['remove-devices'], places),
      ...readOf(acts['remove-devices']),
      needs,
      after: changed,
      requires: changed,
      destroys: ['{}.log'],
      notices: sayNotices('What they had open closes.', acts['remove-devices']),
      lost: 'The list of the devices that were signed in.',
      ready:
        'The photographs of that list. Voice assistants and other apps that were linked are removed in their own apps.',
      undo: 'They sign in again, where they still can.',
      hersWhile: whoseTo('remove-devices', acts),
    }),
  ]
}

const onlyTheOwner =
  'Only whoever owns it in the app can do this. Where it is not offered to the client, say that it could not be done.'

const untilPapers =
  'Where they are keeper or owner by its papers a dealer can put their account back: until the papers are seen to be the client’s, that counts as open.'

/** Its papers in the client’s name: held where they are nobody else’s, and otherwise once that was seen in writing. */
const inHerName = '{}.in-client-name'

function writePapers(parts: PartsInHand, { id, end }: ApplianceFacts['paths'][number]): void {
  parts.nodes.push({ id: inHerName, kind: 'ownership', label: 'the papers of {label} in the client’s name' })
  parts.holds.push({ who: 'client', node: inHerName, whenNo: id })
  const settled = endWith(`${end.id}:{}`, end.facts, lookAgain(`see-${end.id}:{}`, end.see, []))
  parts.rules.push({
    ...makeRule(inHerName, ['person:client'], 'is keeper and owner by the papers', 'client'),
    if: settled.by,
  })
}

/**
 * A path by paper or by hand: the registered keeper, a key. Papers give nothing while the thing sends nothing; anyone who
 * is at the thing itself can let it send again.
 */
function writePathByHand(
  parts: PartsInHand,
  { id, ask, is, kind, how, end }: ApplianceFacts['paths'][number],
  looks: StepPart['tells'],
  { silent, needsPapers }: { readonly silent: readonly string[]; readonly needsPapers: boolean },
): void {
  const node = `{}.${id}`
  const ended = endWith(`${end.id}:{}`, end.facts, lookAgain(`see-${end.id}:{}`, end.see, looks))
  parts.questions.push({ kind: 'belief', id, ask })
  parts.nodes.push({ id: node, kind, label: is })
  parts.holds.push({ who: 'suspect', node, when: id })
  parts.rules.push({
    ...makeRule('{}', [node], how, 'suspect'),
    unless: [...ended.by, ...(kind === 'place' ? unplugged : silent)],
  })
  const { effort, money, disruption, risk } = end.cost
  parts.steps.push(
    makeStep({
      id: `${end.id}:{}`,
      do: end.do,
      cost: [effort, money, disruption, risk],
      tells: findTells(end.facts, places),
      ...readOf(end.facts),
      // What a garage or a dealer does is done for the keeper by the papers.
      needs: needsPapers && kind !== 'ownership' ? [...needs, inHerName] : needs,
      destroys: end.destroysList && kind !== 'ownership' ? ['{}.log'] : [],
      notices: sayNotices(end.notices, end.facts),
      lost: end.lost,
      ready: end.ready,
      undo: end.undo,
    }),
    ...ended.steps,
  )
}
