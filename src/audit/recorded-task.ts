import { taskNames } from '../foundation/task-name.ts'

/** The names under which an act is recorded that no person of the clinic did. The last is of earlier versions alone. */
export const recordedTasks = [...taskNames, 'client', 'job-look-at-phrase-use'] as const

export type RecordedTask = (typeof recordedTasks)[number]
