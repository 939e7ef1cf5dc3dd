import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSecret } from '#server/secret.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'pupitre-secret-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('the first start makes a secret that only its owner may read, and every later one finds it', async () => {
  const dataFolder = join(await folder(), 'data')
  const first = await readSecret({ secret: null, dataFolder })
  expect(first).toEqual({ ok: true, value: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect((await stat(join(dataFolder, 'secret'))).mode & 0o777).toBe(0o600)
  expect(await readSecret({ secret: null, dataFolder })).toEqual(first)
})

test('processes that start together share one secret', async () => {
  const dataFolder = await folder()
  const all = await Promise.all(Array.from({ length: 5 }, () => readSecret({ secret: null, dataFolder })))
  expect(new Set(all.map((secret) => secret.ok && secret.value)).size).toBe(1)
})

test('a given secret is used, and none is kept', async () => {
  const dataFolder = await folder()
  const secret = 'x'.repeat(40)
  expect(await readSecret({ secret, dataFolder })).toEqual({ ok: true, value: secret })
  await expect(readFile(join(dataFolder, 'secret'))).rejects.toThrow('ENOENT')
})

test('a damaged secret is named, not replaced: replacing it would sign everyone out', async () => {
  const dataFolder = await folder()
  await writeFile(join(dataFolder, 'secret'), 'short')
  expect(await readSecret({ secret: null, dataFolder })).toEqual({
    ok: false,
    error: expect.stringContaining('is damaged'),
  })
  expect(await readFile(join(dataFolder, 'secret'), 'utf8')).toBe('short')
})
