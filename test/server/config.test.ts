import { expect, test } from 'vitest'
import { atPort, readConfig } from '#server/config.ts'

const read = (env: Record<string, string>) => readConfig({ NODE_ENV: 'production', ...env }, '/srv/pupitre')

function settings(env: Record<string, string> = {}) {
  const config = read(env)
  if (!config.ok) throw new Error(config.error.join())
  return config.value
}

test('without settings it serves this machine only, from a folder beside', () => {
  expect(settings()).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    origins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
    dataFolder: '/srv/pupitre/data',
    databaseUrl: null,
    secret: null,
    valkeyUrl: null,
    trustProxy: false,
    metricsToken: null,
  })
})

test('a setting left blank, as in a copied .env.example, counts as not set', () => {
  const names = [
    'PORT',
    'HOST',
    'PUPITRE_URL',
    'PUPITRE_DATA',
    'DATABASE_URL',
    'VALKEY_URL',
    'PUPITRE_SECRET',
    'SMTP_URL',
    'TRUST_PROXY',
    'METRICS_TOKEN',
  ]
  expect(settings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(settings())
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['HOST', 'not a host'],
  ['PUPITRE_URL', 'pupitre.exemple.quebec'],
  ['PUPITRE_URL', 'https://exemple.quebec/pupitre'],
  ['PUPITRE_URL', 'ftp://exemple.quebec'],
  ['DATABASE_URL', 'mysql://localhost/pupitre'],
  ['DATABASE_URL', 'localhost'],
  ['VALKEY_URL', 'https://localhost'],
  ['VALKEY_URL', 'localhost:6379'],
  ['PUPITRE_SECRET', 'too short'],
  ['SMTP_URL', 'https://exemple.quebec'],
  ['MAIL_FROM', 'nobody'],
  ['TRUST_PROXY', 'yes'],
  ['METRICS_TOKEN', 'fifteen letters'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in a sentence that names it and does not repeat the value', (name, value) => {
  const config = read({ [name]: value })
  if (config.ok) throw new Error('accepted')
  expect(config.error).toHaveLength(1)
  expect(config.error[0]).toMatch(new RegExp(`^${name} cannot be used as it is set: it must be .+\\.$`))
  expect(config.error[0]).not.toContain(value)
})

test('each of several wrong settings is named', () => {
  const config = read({ PORT: 'x', LOG_LEVEL: 'y' })
  expect(config.ok ? [] : config.error.map((sentence) => sentence.split(' ')[0])).toEqual([
    'PORT',
    'LOG_LEVEL',
  ])
})

test('R13: several processes need the database and the secret that all of them share, and are told so', () => {
  const secret = 'x'.repeat(32)
  const database = 'postgres://localhost/pupitre'
  const alone = read({ VALKEY_URL: 'redis://localhost' })
  expect(alone.ok ? [] : alone.error.map((sentence) => /needs (\w+):/.exec(sentence)?.[1])).toEqual([
    'DATABASE_URL',
    'PUPITRE_SECRET',
  ])
  const shared = { DATABASE_URL: database, PUPITRE_SECRET: secret }
  expect(settings({ VALKEY_URL: 'valkey://localhost', ...shared }).valkeyUrl).toBe('redis://localhost')
  expect(settings({ VALKEY_URL: 'rediss://localhost', ...shared }).valkeyUrl).toBe('rediss://localhost')
})

test('with a public address only its pages are ours', () => {
  const { origins, publicUrl } = settings({ PUPITRE_URL: 'https://pupitre.exemple.quebec:443/' })
  expect(origins).toEqual(['https://pupitre.exemple.quebec'])
  expect(publicUrl.protocol).toBe('https:')
})

test('on port 80 origins are spelled as browsers spell them', () => {
  expect(settings({ PORT: '80' }).origins).toEqual(['http://localhost', 'http://127.0.0.1'])
})

test('a server that asked for any port has the addresses of the one it got', () => {
  const got = atPort(settings({ PORT: '0' }), 4321)
  expect(got).toMatchObject({ port: 4321, origins: ['http://localhost:4321', 'http://127.0.0.1:4321'] })
  expect(got.publicUrl.origin).toBe('http://localhost:4321')
})

test('a public address stays whatever the port', () => {
  const got = atPort(settings({ PORT: '0', PUPITRE_URL: 'https://pupitre.exemple.quebec' }), 4321)
  expect(got).toMatchObject({ port: 4321, origins: ['https://pupitre.exemple.quebec'] })
})
