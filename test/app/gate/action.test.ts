import { redirect } from 'next/navigation'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newsroomAction, publicAction } from '#app/_gate/action.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'

const gate = vi.hoisted(() => ({ actor: null as Actor | null, logged: [] as unknown[][] }))
vi.mock('#app/_gate/actor.ts', () => ({ currentActor: async () => gate.actor }))
vi.mock('#app/_gate/services.ts', () => ({
  services: () => ({ log: { error: (...line: unknown[]) => gate.logged.push(line) } }),
}))

const someone = { name: 'Élise', role: 'reader' } as Actor
const schema = z.object({ title: z.string().max(5) })

beforeEach(() => {
  gate.actor = someone
  gate.logged.length = 0
})

describe('a server action', () => {
  test('hands on what the schema made of the input, and who is asking', async () => {
    const action = newsroomAction(schema, async (actor, { title }) => ok(`${actor.name}: ${title}`))
    expect(await action({ title: 'un' })).toEqual({ ok: true, value: 'Élise: un' })
  })

  test('takes a form as it takes an object', async () => {
    const form = new FormData()
    form.set('title', 'un')
    expect(await publicAction(schema, async ({ title }) => ok(title))(form)).toEqual({
      ok: true,
      value: 'un',
    })
  })

  test.each([
    null,
    undefined,
    'title',
    [],
    { title: 'trop long' },
    { title: { length: 1 } },
    { title: ['un'] },
  ])('never runs on %j', async (input) => {
    const run = vi.fn(async () => ok(undefined))
    const answer = await publicAction(schema, run)(input as never)
    expect(answer).toMatchObject({ ok: false, error: 'invalid' })
    expect(run).not.toHaveBeenCalled()
  })

  test('names the fields that cannot be read', async () => {
    const answer = await publicAction(schema, async () => ok(undefined))({ title: 'trop long' })
    expect(answer).toEqual({ ok: false, error: 'invalid', fields: { title: 'malformed' } })
  })

  test('of the newsroom is for who is signed in, whatever they send', async () => {
    gate.actor = null
    const run = vi.fn(async () => ok(undefined))
    expect(await newsroomAction(schema, run)({ title: 'un' })).toEqual({ ok: false, error: 'signedOut' })
    expect(run).not.toHaveBeenCalled()
  })

  test('returns a refusal as its key, and wrong fields as fields', async () => {
    const refused = publicAction(schema, async () => fail('forbidden' as const))
    expect(await refused({ title: '' })).toEqual({ ok: false, error: 'forbidden' })
    const wrong = publicAction(schema, async () => fail({ fields: { name: 'nameMissing' as const } }))
    expect(await wrong({ title: '' })).toEqual({
      ok: false,
      error: 'invalid',
      fields: { name: 'nameMissing' },
    })
  })

  test('that breaks tells a reference, and the log the rest', async () => {
    const broken = publicAction(schema, async () => {
      throw new Error('relation "drafts" does not exist')
    })
    const answer = await broken({ title: '' })
    expect(answer).toMatchObject({ ok: false, error: 'unexpected' })
    expect(JSON.stringify(answer)).not.toContain('relation')
    const reference = 'reference' in answer ? answer.reference : 'none'
    expect(reference).toMatch(/^[0-9a-f]{8}$/)
    expect(gate.logged).toMatchObject([
      [{ reference, err: { message: 'relation "drafts" does not exist' } }, expect.any(String)],
    ])
  })

  test('may send the browser elsewhere', async () => {
    const leaving = publicAction(schema, async () => redirect('/sign-in'))
    await expect(leaving({ title: '' })).rejects.toMatchObject({
      digest: expect.stringContaining('/sign-in'),
    })
    expect(gate.logged).toEqual([])
  })
})
