import { expect, test } from 'vitest'
import { parseAccount } from '#lib/domain/accounts/fields.ts'

test('every wrong field is told at once', () => {
  expect(parseAccount({ name: ' ', email: 'marie', password: 'court' })).toEqual({
    ok: false,
    error: { fields: { name: 'nameMissing', email: 'emailInvalid', password: 'passwordTooShort' } },
  })
})

test('an account comes out in its one spelling, and its password as it was typed', () => {
  const typed = { name: ' Marie  T. ', email: 'Marie@Exemple.org', password: ' quatre chevaux verts ' }
  expect(parseAccount(typed)).toEqual({
    ok: true,
    value: { name: 'Marie T.', email: 'marie@exemple.org', password: ' quatre chevaux verts ' },
  })
})
