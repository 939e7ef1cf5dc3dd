import { expect, test, vi } from 'vitest'
import { buildEnvironment } from '#server/config.ts'

test('machines that are given the same key call builds of the same files the same, and no others', () => {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'a key of both')
  const here = buildEnvironment('files')
  expect(here.PUPITRE_BUILD_ID).toMatch(/^[0-9a-f]{20}$/)
  expect(buildEnvironment('files').PUPITRE_BUILD_ID).toBe(here.PUPITRE_BUILD_ID)
  expect(buildEnvironment('other files').PUPITRE_BUILD_ID).not.toBe(here.PUPITRE_BUILD_ID)
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'another key')
  expect(buildEnvironment('files').PUPITRE_BUILD_ID).not.toBe(here.PUPITRE_BUILD_ID)
  vi.unstubAllEnvs()
})

test('without a key a build is like no other: its actions have names of its own', () => {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', undefined)
  expect(buildEnvironment('files').PUPITRE_BUILD_ID).toBeUndefined()
  vi.unstubAllEnvs()
})
