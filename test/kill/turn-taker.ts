// One of several processes of a program that asks for turns: many at once in one lane, each held until it is told.
import { askProgram } from '../../src/app/page-processes/ask-program.ts'
import type { FromProcess } from '../../src/app/page-processes/message.ts'
import { TooBusy } from '../../src/platform/fair-turns.ts'
import { openTurns, takeTurnsFrom } from '../../src/platform/shared-turns.ts'

export type TakerOrder = { readonly is: 'take'; readonly many: number } | { readonly is: 'let-go' }
export type TakerReport = { readonly is: 'begun' | 'busy' | 'done' }

const program = askProgram(message => void process.send?.(message))
takeTurnsFrom(program.takeTurn)
const turns = openTurns('test', { most: 3, mostInLane: 10, mostLanes: 5 })
let letGo: () => void = () => {}
const held = new Promise<void>(done => {
  letGo = done
})
const report = (is: TakerReport['is']): void => void process.send?.({ is } satisfies TakerReport)

process.on('disconnect', () => process.exit())
process.on('message', (message: TakerOrder | Parameters<typeof program.hear>[0]) => {
  if (message.is === 'answer' || message.is === 'refusal') return program.hear(message)
  if (message.is === 'let-go') return letGo()
  for (let each = 0; each < message.many; each += 1)
    turns
      .run('one lane', async () => {
        report('begun')
        await held
      })
      .then(
        () => report('done'),
        cause => report(cause instanceof TooBusy ? 'busy' : 'done'),
      )
})
process.send?.({ is: 'ready' } satisfies FromProcess)
