// Runs in a thread of a process that works apart, so that it sees what a busy process does not: that the program which
// started it is gone, or that it holds more memory than it may. Either ends the process.
import { workerData } from 'node:worker_threads'

const { parent, most } = workerData
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  // What lies outside the heap of JavaScript has no bound of its own.
  if (process.memoryUsage.rss() > most)
    process.kill(process.pid, process.platform === 'win32' ? 'SIGKILL' : 'SIGUSR2')
}, 250)
