// npm run check: everything but the journeys in the browser, for while you work.
process.argv.push('--no-browser')
await import('./test.mjs')
