import type { Agent } from '../../access-engine/reach/map.ts'
import { type ActFacts, readOf } from './act-facts.ts'
import type { InfoKind } from './info-kind.ts'
import type { EvidencePart, HeldPart, Parts, QuestionPart, RevealPart, RulePart, StepPart } from './part.ts'

/** The parts of a kind of thing while its mechanism writes them. */
export type PartsInHand = {
  readonly questions: QuestionPart[]
  readonly nodes: Parts['nodes'][number][]
  readonly holds: HeldPart[]
  readonly rules: RulePart[]
  readonly reveals: RevealPart[]
  readonly steps: StepPart[]
  readonly evidence: EvidencePart[]
  channel?: Parts['channel']
  signIn?: Parts['signIn']
  readonly keep: string[]
  readonly staysOpen: Parts['staysOpen'][number][]
}

export function beginParts(): PartsInHand {
  return {
    questions: [],
    nodes: [],
    holds: [],
    rules: [],
    reveals: [],
    steps: [],
    evidence: [],
    keep: [],
    staysOpen: [],
  }
}

/** A rule without conditions: all of `from` give `to`. */
export function makeRule(
  to: string,
  from: readonly string[],
  how: string,
  who: Agent | 'anyone' = 'anyone',
): RulePart {
  return { to, from, how, who, unless: [], if: [], unlessUnknown: [] }
}

/** Effort, money, disruption and risk, each from 0 to 10. */
export type CostInOrder = readonly [effort: number, money: number, disruption: number, risk: number]

type StepInHand = Pick<StepPart, 'id' | 'do' | 'tells' | 'needs' | 'notices' | 'lost' | 'ready' | 'undo'> &
  Partial<
    Pick<
      StepPart,
      | 'exposes'
      | 'after'
      | 'requires'
      | 'excludes'
      | 'destroys'
      | 'each'
      | 'hersWhile'
      | 'where'
      | 'readIn'
      | 'answer'
      | 'isWithin'
      | 'isHabit'
    >
  > & {
    readonly cost: CostInOrder
  }

/** A step with what it does not say left empty. */
export function makeStep({ cost: [effort, money, disruption, risk], ...step }: StepInHand): StepPart {
  const cost = { effort, money, disruption, risk }
  return { exposes: [], after: [], requires: [], excludes: [], destroys: [], ...step, cost }
}

/** The step that keeps what others destroy: photographs with another device. */
export function makePhotographs(
  of: string,
  tells: StepPart['tells'],
  needs: readonly string[],
  facts?: ActFacts,
): StepPart {
  return makeStep({
    id: 'photograph-settings:{}',
    do: `Photograph ${of} of {label} with another device`,
    cost: [2, 0, 0, 0],
    tells,
    ...readOf(facts),
    needs,
    notices: '',
    lost: 'Nothing.',
    ready: 'A second device to take the photographs with.',
    undo: 'Nothing to undo.',
  })
}

/** What is learnt: for certain, or possibly. */
export type Learnt = { readonly certain: readonly InfoKind[]; readonly possible: readonly InfoKind[] }

/** What is learnt by reading, and apart from it what only anyone who has the whole thing can do. */
export function splitControl(learnt: Learnt): { readonly read: Learnt; readonly had: Learnt } {
  const [read, had] = [(kind: InfoKind) => kind !== 'control', (kind: InfoKind) => kind === 'control']
  return {
    read: { certain: learnt.certain.filter(read), possible: learnt.possible.filter(read) },
    had: { certain: learnt.certain.filter(had), possible: learnt.possible.filter(had) },
  }
}
