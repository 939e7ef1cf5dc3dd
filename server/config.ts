import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'
import type { Locale } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { DEFAULT_LIMITS } from './sync/limits.ts'

/** Settings of the process; nothing else in the product reads the environment. */
export type Config = {
  readonly port: number
  readonly host: string
  /** The address people type, without a path. */
  readonly publicUrl: URL
  /** Origins whose pages may open sockets and post forms. */
  readonly origins: readonly string[]
  readonly dataFolder: string
  /** PostgreSQL to use, or null for the embedded one in the data folder. */
  readonly databaseUrl: string | null
  /** Valkey or Redis through which several processes of the newsroom hear each other; null where there is one. */
  readonly valkeyUrl: string | null
  /** Given secret, or null: then server/secret.ts keeps one in the data folder. */
  readonly secret: string | null
  readonly smtpUrl: string | null
  readonly mailFrom: string | null
  /** Take the visitor’s address from X-Forwarded-For: only behind a proxy that sets it. */
  readonly trustProxy: boolean
  /** Opens `/metrics` to whoever names it; null: to the operator’s own commands only. */
  readonly metricsToken: string | null
  /** Sockets that one volunteer may have open in this process. */
  readonly socketsPerVolunteer: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly dev: boolean
}

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value)
const setting = <S extends z.ZodType>(schema: S) => z.preprocess(blankIsUnset, schema)

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65535)

const webAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash) return url
  context.addIssue({ code: 'custom', message: 'address' })
  return z.NEVER
})

const urlWith = (schemes: RegExp) => z.string().refine((text) => URL.canParse(text) && schemes.test(text))

const environment = z.object({
  PORT: setting(port.default(3000)),
  HOST: setting(
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
  ),
  PUPITRE_URL: setting(webAddress.optional()),
  PUPITRE_DATA: setting(z.string().default('./data')),
  DATABASE_URL: setting(urlWith(/^postgres(ql)?:\/\//).optional()),
  VALKEY_URL: setting(urlWith(/^(rediss?|valkeys?):\/\//).optional()),
  PUPITRE_SECRET: setting(z.string().min(32).optional()),
  SMTP_URL: setting(urlWith(/^smtps?:\/\//).optional()),
  MAIL_FROM: setting(z.string().regex(/@/).optional()),
  TRUST_PROXY: setting(z.enum(['0', '1']).default('0')),
  METRICS_TOKEN: setting(
    z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/)
      .optional(),
  ),
  SOCKETS_PER_VOLUNTEER: setting(
    z
      .string()
      .regex(/^[1-9]\d{0,6}$/)
      .transform(Number)
      .default(DEFAULT_LIMITS.socketsPerVolunteer),
  ),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
  NODE_ENV: setting(z.string().optional()),
})

/** One sentence a setting, shown when its value cannot be used. */
const EXPECTED: Record<string, string> = {
  PORT: 'a port number between 0 and 65535, such as 3000',
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PUPITRE_URL: 'the public address without a path, such as https://pupitre.example.org',
  PUPITRE_DATA: 'a folder',
  DATABASE_URL: 'a PostgreSQL address, such as postgres://user:password@host:5432/pupitre',
  VALKEY_URL: 'a Valkey or Redis server, such as redis://user:password@host:6379',
  PUPITRE_SECRET: 'at least 32 characters (leave it out to have one generated)',
  SMTP_URL: 'a mail server, such as smtp://user:password@host:587',
  MAIL_FROM: 'an e-mail address',
  TRUST_PROXY: '1 (behind a proxy that sets X-Forwarded-For) or 0',
  METRICS_TOKEN: 'at least 16 letters, digits or signs, without spaces or accents',
  SOCKETS_PER_VOLUNTEER: 'a number of at least 1 (a page has two)',
  LOG_LEVEL: 'debug, info, warn, error or silent',
}

/** Each process alone would have its own. */
const NEEDED_BY_SEVERAL = [
  ['DATABASE_URL', 'the PostgreSQL that all of them share'],
  ['PUPITRE_SECRET', 'the same secret in all of them'],
] as const

/** @returns the settings, or the sentences to print before stopping: one for each wrong setting, naming it. */
export function readConfig(env: NodeJS.ProcessEnv, cwd: string): Result<Config, readonly string[]> {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    return fail(
      [...names].map((name) => `${name} cannot be used as it is set: it must be ${EXPECTED[name]}.`),
    )
  }
  const value = parsed.data
  const lacking = value.VALKEY_URL ? NEEDED_BY_SEVERAL.filter(([name]) => value[name] === undefined) : []
  if (lacking.length > 0)
    return fail(
      lacking.map(([name, why]) => `VALKEY_URL is for several processes, and needs ${name}: ${why}.`),
    )
  const local = localOrigins(value.PORT)
  const publicUrl = value.PUPITRE_URL ?? new URL(local[0])
  return ok({
    port: value.PORT,
    host: value.HOST,
    publicUrl,
    origins: value.PUPITRE_URL ? [publicUrl.origin] : local,
    dataFolder: resolve(/*turbopackIgnore: true*/ cwd, value.PUPITRE_DATA),
    databaseUrl: value.DATABASE_URL ?? null,
    valkeyUrl: value.VALKEY_URL?.replace(/^valkey/, 'redis') ?? null,
    secret: value.PUPITRE_SECRET ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM ?? null,
    trustProxy: value.TRUST_PROXY === '1',
    metricsToken: value.METRICS_TOKEN ?? null,
    socketsPerVolunteer: value.SOCKETS_PER_VOLUNTEER,
    logLevel: value.LOG_LEVEL,
    dev: value.NODE_ENV === 'development',
  })
}

/** Through URL, as browsers spell them: without the port where it is the scheme’s own. */
const localOrigins = (port: number): [string, ...string[]] => [
  new URL(`http://localhost:${port}`).origin,
  new URL(`http://127.0.0.1:${port}`).origin,
]

/** The settings of a server that asked for any free port, once it has one. */
export function atPort(config: Config, port: number): Config {
  if (config.port === port) return config
  const was = localOrigins(config.port)
  if (config.publicUrl.origin !== was[0]) return { ...config, port }
  const origins = localOrigins(port)
  return { ...config, port, origins, publicUrl: new URL(origins[0]) }
}

/**
 * Settings of this process: from the environment, and from the file `.env` of the working folder for what
 * the environment leaves open. @param mode `development` only for `npm run dev`.
 */
export function loadConfig(mode: 'production' | 'development'): Result<Config, readonly string[]> {
  const file = resolve(/*turbopackIgnore: true*/ process.cwd(), '.env')
  if (existsSync(file)) loadEnvFile(file)
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' })
  return readConfig(process.env, process.cwd())
}

/**
 * For the build of the pages: a process of Next's own, which neither phones home nor builds for a test. Where machines
 * are given the same key of Next's, what they build apart from the same files is one build.
 * @param inputs hash of what the pages are built from
 */
export function buildEnvironment(inputs: string): NodeJS.ProcessEnv {
  const key = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
  const id = createHash('sha256').update(`${inputs} ${key}`).digest('hex').slice(0, 20)
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ...(key && { PUPITRE_BUILD_ID: id }),
  }
}

/** next-auth reads these two from the environment and nowhere else. */
export function informNextAuth(config: Config, secret: string): void {
  Object.assign(process.env, { NEXTAUTH_URL: config.publicUrl.origin, NEXTAUTH_SECRET: secret })
}

/** Encrypts backups, and is for nothing else: `pupitre` alone asks for it. Null: none is given. */
export const loadBackupKey = (): string | null => process.env.PUPITRE_BACKUP_KEY || null

/** Where and in which language somebody types a command. */
export type Terminal = {
  /** Folder that relative paths start from: npm changes to the project’s, and says where it was called. */
  readonly cwd: string
  readonly locale: Locale
}

/** French, unless the system speaks English. */
function readTerminal(env: NodeJS.ProcessEnv, cwd: string): Terminal {
  const language = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  const calledIn = env.npm_lifecycle_event === 'pupitre' ? env.INIT_CWD : undefined
  return { cwd: calledIn || cwd, locale: /^en/i.test(language) ? 'en' : 'fr' }
}

export const loadTerminal = (): Terminal => readTerminal(process.env, process.cwd())
