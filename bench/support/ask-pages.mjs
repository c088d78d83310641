// A process of its own that asks for a page: every visitor one look after the other, all visitors at once. ORDER names the
// address, the cookies and how many looks each takes; it writes how long each answer took, in milliseconds, as JSON.
import { Agent, get } from 'node:http'

const { url, cookies, looksEach } = JSON.parse(process.env.ORDER)
const agent = new Agent({ keepAlive: true, maxSockets: cookies.length })
const times = []

const look = cookie =>
  new Promise((done, fail) => {
    const begun = performance.now()
    get(url, { agent, headers: cookie ? { cookie } : {} }, answer => {
      answer.on('error', fail)
      answer.on('end', () => {
        if (answer.statusCode !== 200) fail(new Error(`${url} answered ${answer.statusCode}`))
        times.push(performance.now() - begun)
        done()
      })
      answer.resume()
    }).on('error', fail)
  })

await Promise.all(
  cookies.map(async cookie => {
    for (let each = 0; each < looksEach; each += 1) await look(cookie)
  }),
)
agent.destroy()
process.stdout.write(JSON.stringify(times))
