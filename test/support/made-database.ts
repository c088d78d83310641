import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { asOwner } from './test-clinic.ts'

/** A database of its own on the server of the tests: without a table, or a copy of another one. */
export type MadeDatabase = { readonly ownerUrl: string; readonly drop: () => Promise<void> }

export async function makeDatabase(like?: MadeDatabase): Promise<MadeDatabase> {
  const server = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  const name = `test_made_${randomBytes(6).toString('hex')}`
  const copied = like ? ` template ${like.ownerUrl.split('/').at(-1)}` : ''
  await asOwner(server, client => client.query(`create database ${name}${copied}`))
  return {
    ownerUrl: inject('ownerUrl').replace(/unwatched$/, name),
    drop: async () => {
      await asOwner(server, client => client.query(`drop database ${name} with (force)`))
    },
  }
}
