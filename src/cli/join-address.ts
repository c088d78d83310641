import type { Config } from '../platform/config.ts'

/** Where somebody opens a link to join, as far as this machine knows its own address. */
export function joinAddress(config: Pick<Config, 'behindTls' | 'host' | 'port'>, token: string): string {
  const site = config.behindTls ? 'https://YOUR-ADDRESS' : `http://${config.host}:${config.port}`
  return `${site}/join/${token}`
}
