import { Worker } from 'node:worker_threads'

/**
 * Watches this process from a thread of it: it ends when the program that started it is gone, or when it holds more than so
 * many bytes, whether in its heap or outside it.
 */
export function watchProcess(most: number): void {
  const watcher = new Worker(new URL('./apart-watch.mjs', import.meta.url), {
    execArgv: [],
    workerData: { parent: process.ppid, most },
  })
  watcher.unref()
}
