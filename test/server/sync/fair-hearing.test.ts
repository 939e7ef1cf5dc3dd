import { expect, test } from 'vitest'
import { FairHearing } from '#server/sync/wire/fair-hearing.ts'
import { turns } from './room-harness.ts'

/** Sockets whose frames each take a millisecond, on a clock that only they move. */
function open() {
  let clock = 0
  const heard: string[] = []
  const hearing = new FairHearing(() => clock)
  function socket(name: string) {
    const pauses: boolean[] = []
    let counting = true
    const line = hearing.open({ pause: (paused) => pauses.push(paused), counts: () => counting })
    return {
      pauses,
      line,
      say: (count: number, bytes = 10) => {
        for (let n = 1; n <= count; n += 1)
          line.say(bytes, () => {
            clock += 1
            heard.push(`${name}${n}`)
          })
      },
      freeze: () => {
        counting = false
      },
    }
  }
  const of = (name: string) => heard.filter((what) => what.startsWith(name))
  return { heard, of, socket }
}

const allOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`)

test('R9: whoever says little is heard at once, in the middle of somebody’s flood', async () => {
  const { of, socket } = open()
  const [flood, page] = [socket('f'), socket('p')]
  flood.say(1000)
  expect(of('f').length).toBeLessThan(10)
  page.say(1)
  expect(of('p')).toEqual(['p1'])
  await turns(500)
  expect(of('f')).toEqual(allOf('f', 1000))
})

test('R9: where many flood at once, whoever says something waits for one frame of each', async () => {
  const { heard, of, socket } = open()
  const floods = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map(socket)
  for (const flood of floods) flood.say(100)
  const before = heard.length
  const page = socket('p')
  page.say(1)
  await turns(3)
  expect(of('p')).toEqual(['p1'])
  expect(heard.indexOf('p1') - before).toBeLessThanOrEqual(floods.length)
})

test('R9: a socket of which much waits is not read until it has been heard', async () => {
  const { of, socket } = open()
  const flood = socket('f')
  flood.say(100, 10_000)
  expect(flood.pauses).toEqual([true])
  await turns(200)
  expect(of('f')).toEqual(allOf('f', 100))
  expect(flood.pauses).toEqual([true, false])
})

test('what a page said before it was closed is heard, and then it has gone', async () => {
  const { heard, of, socket } = open()
  const page = socket('p')
  page.say(50)
  page.line.end(() => heard.push('gone'))
  expect(heard).not.toContain('gone')
  await turns(100)
  expect(heard.at(-1)).toBe('gone')
  expect(of('p')).toEqual(allOf('p', 50))
})

test('R10: what waits of somebody whose rights have changed is not heard', async () => {
  const { of, socket } = open()
  const page = socket('p')
  page.say(50)
  const before = of('p').length
  page.freeze()
  await turns(100)
  expect(of('p')).toHaveLength(before)
})
