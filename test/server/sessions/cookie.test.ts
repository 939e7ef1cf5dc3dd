import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cookieName, sessionToken } from '#server/sessions/cookie.ts'

const plain = cookieName(false)
const secure = cookieName(true)

describe('the session token in a Cookie header', () => {
  test.each([
    ['alone', `${plain}=abc`, 'abc'],
    ['among others', `theme=dark; ${plain}=abc; x=1`, 'abc'],
    ['in quotes, or escaped', `${plain}="a%2Eb"`, 'a.b'],
    ['in chunks, in whatever order', `${plain}.1=def; ${plain}.0=abc; ${plain}.2=g`, 'abcdefg'],
    ['whole where stale chunks are left beside it', `${plain}.0=old; ${plain}=abc`, 'abc'],
    ['the first where the name comes twice', `${plain}=abc; ${plain}=evil`, 'abc'],
  ])('is read %s', (_how, header, token) => {
    expect(sessionToken(header, plain)).toBe(token)
  })

  test.each([
    ['there is no header', undefined],
    ['there is no such cookie', 'theme=dark'],
    ['it is empty', `${plain}=`],
    ['a chunk in the middle is missing', `${plain}.0=abc; ${plain}.2=g`],
    ['the first chunk is missing', `${plain}.1=abc`],
    ['its name only begins alike', `${plain}-2=abc; ${plain}.x=abc; ${plain}.10=abc`],
    ['it is longer than any token', `${plain}=${'a'.repeat(20_000)}`],
    [
      'its chunks are longer than any token',
      Array.from({ length: 8 }, (_, i) => `${plain}.${i}=${'a'.repeat(4000)}`).join('; '),
    ],
  ])('is none where %s', (_why, header) => {
    expect(sessionToken(header, plain)).toBeNull()
  })

  test('is taken under the secure name only, where the newsroom is served over HTTPS', () => {
    // A page on an insecure subdomain can plant the plain name; browsers refuse it the other.
    expect(sessionToken(`${plain}=planted`, secure)).toBeNull()
    expect(sessionToken(`${plain}=planted; ${secure}=real`, secure)).toBe('real')
    expect(sessionToken(`${secure}.0=re; ${secure}.1=al`, secure)).toBe('real')
    expect(sessionToken(`${secure}=real`, plain)).toBeNull()
  })

  test('cut anywhere comes together again', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9._-]{8,200}$/)
    fc.assert(
      fc.property(token, fc.integer({ min: 1, max: 8 }), fc.nat(), (text, pieces, seed) => {
        const size = Math.ceil(text.length / pieces)
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => [
          `${plain}.${index}`,
          text.slice(index * size, (index + 1) * size),
        ])
        const turned = [...chunks.slice(seed % chunks.length), ...chunks.slice(0, seed % chunks.length)]
        expect(sessionToken(turned.map((pair) => pair.join('=')).join('; '), plain)).toBe(text)
      }),
    )
  })

  test('never throws, whatever a header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => sessionToken(`${plain}=${text}; ${text}`, plain)).not.toThrow()
      }),
    )
  })
})
