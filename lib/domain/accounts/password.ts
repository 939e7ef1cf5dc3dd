import { foldForSearch } from '../text.ts'

/** NIST SP 800-63B-4: length is what protects; rules of composition only make people write it on a note. */
const PASSWORD_MIN = 12
/** Enough for any passphrase, and a bound on what a stranger can make the server hash. */
export const PASSWORD_MAX = 256

export type PasswordProblem = 'passwordTooShort' | 'passwordTooLong' | 'passwordCommon' | 'passwordPersonal'

/** What must be left of a password once the person's own name and address are taken out of it. */
const BEYOND_PERSONAL = 6

/** The same password typed on a Mac, on Windows and on a phone must give the same bytes (NIST SP 800-63B-4). */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** Long enough to pass the length, and the first that anybody tries; compared letters and digits only. */
const WORST = [
  ...['password', 'passwords', 'motdepasse', 'changeme', 'letmein', 'welcome', 'bienvenue', 'azerty'],
  ...[
    'azertyuiop',
    'qwerty',
    'qwertyuiop',
    'administrator',
    'administrateur',
    'iloveyou',
    'jetaime',
    'pupitre',
  ],
  ...['quebec', 'montreal', 'canadiens', 'soleil', 'princesse', 'chocolat', 'football', 'superman'],
]

/** @returns what is wrong with a password somebody wants to take, or null where it is good enough */
export function passwordProblem(
  password: string,
  person: { readonly name: string; readonly email: string },
): PasswordProblem | null {
  if (password.length > PASSWORD_MAX) return 'passwordTooLong'
  const normal = normalizePassword(password)
  const length = [...normal].length
  if (length < PASSWORD_MIN) return 'passwordTooShort'
  if (length > PASSWORD_MAX) return 'passwordTooLong'
  const folded = foldForSearch(normal)
  if (isMonotonous(folded) || isWorst(folded)) return 'passwordCommon'
  return withoutPerson(folded, person).length < BEYOND_PERSONAL ? 'passwordPersonal' : null
}

/** `aaaaaaaaaaaa`, `abababababab`, `123456789012`, `abcdefghijkl`: few characters, or a run along a keyboard row. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < 5) return true
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  return [1, -1].some((step) => steps.filter((taken) => taken === step).length >= steps.length - 1)
}

/** One of the worst words, alone or repeated, with nothing but digits and signs around it. */
function isWorst(folded: string): boolean {
  const letters = folded.replace(/[^a-z]/g, '')
  return letters !== '' && WORST.some((word) => letters.replaceAll(word, '') === '')
}

function withoutPerson(folded: string, person: { readonly name: string; readonly email: string }): string {
  const email = foldForSearch(person.email)
  const [local = '', host = ''] = email.split('@')
  const name = foldForSearch(person.name)
  const parts = [
    email,
    name,
    ...name.split(/[^\p{L}\p{N}]+/u),
    local,
    ...local.split(/[^\p{L}\p{N}]+/u),
    host,
  ]
  return parts
    .filter((part) => part.length >= 3)
    .sort((one, other) => other.length - one.length)
    .reduce((left, part) => left.replaceAll(part, ''), folded)
    .replace(/[^\p{L}\p{N}]/gu, '')
}
