import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEmail } from '#lib/domain/accounts/email.ts'

test('an address has one spelling, whatever case and spaces somebody typed', () => {
  expect(parseEmail('  Marie.Tremblay@Exemple.ORG \n')).toBe('marie.tremblay@exemple.org')
  expect(parseEmail('e\u0301lise@exemple.org')).toBe(parseEmail('\u00c9lise@exemple.org'))
})

test.each([
  'marie@localhost',
  'm+pupitre@exemple.quebec',
  'marie@élections.quebec',
  "o'neil@exemple.org",
  '1@2.ca',
])('%s is an address', (text) => {
  expect(parseEmail(text)).toBe(text)
})

test.each([
  ['nothing', ''],
  ['no host', 'marie@'],
  ['no name', '@exemple.org'],
  ['no @', 'marie.exemple.org'],
  ['two @', 'a@b@exemple.org'],
  ['a space', 'ma rie@exemple.org'],
  ['a line break, which would begin another mail header', 'marie@exemple.org\nBcc: tous@exemple.org'],
  ['a carriage return in the name', 'ma\rrie@exemple.org'],
  ['a second address', 'marie@exemple.org,paul@exemple.org'],
  ['a display name', 'Marie <marie@exemple.org>'],
  ['two dots', 'marie@exemple..org'],
  ['a dot at the end', 'marie@exemple.org.'],
  ['255 characters', `marie@${'a'.repeat(245)}.org`],
])('%s is no address', (_why, text) => {
  expect(parseEmail(text)).toBeNull()
})

test('what was parsed once is parsed the same again, and holds nothing that ends a header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.emailAddress(),
        fc.string({ unit: 'grapheme' }).map((text) => `${text}@exemple.org`),
      ),
      (text) => {
        const email = parseEmail(text)
        if (email === null) return
        expect(parseEmail(email)).toBe(email)
        expect(email).not.toMatch(/[\s\p{Cc}<>,"]/u)
      },
    ),
  )
})
