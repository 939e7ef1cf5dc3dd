import { expect, it, vi } from 'vitest'
import { answerOf, makeNewsroom, passphrase } from './desk.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

it('lists who decided what, the newest first, from a day on', async () => {
  const { run } = await makeNewsroom()
  for (const [name, role] of [
    ['Maude', 'coordinator'],
    ['Bo', 'commenter'],
  ] as const) {
    const who = ['--email', `${name}@exemple.quebec`, '--name', name, '--role', role]
    await run(['volunteer', 'add', ...who, '--password-stdin'], passphrase)
  }
  await run(['volunteer', 'suspend', 'bo@exemple.quebec'])
  const { decisions } = answerOf<{ decisions: object[] }>(await run(['audit', '--json']))
  expect(decisions).toMatchObject([
    { by: null, action: 'volunteer.suspended', about: 'Bo', draft: null, revision: null },
    { by: null, action: 'volunteer.joined', about: 'Bo', detail: { role: 'commenter', way: 'operator' } },
    { by: null, action: 'volunteer.joined', about: 'Maude', detail: { role: 'coordinator' } },
  ])
  expect((await run(['audit'])).stdout).toMatch(/volunteer\.suspended +Bo\n/)
  expect(answerOf(await run(['audit', '--since', '2199-01-01', '--json']))).toEqual({ decisions: [] })
  expect((await run(['audit', '--since', 'hier'])).code).toBe(2)
})
