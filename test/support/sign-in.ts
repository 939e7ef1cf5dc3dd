/**
 * Signs in as any next-auth client does: csrf token, then the credentials callback.
 * @returns the Cookie header of the new session
 */
export async function signIn(url: string, account: { email: string; password: string }): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await first.json()) as { csrfToken: string }
  const cookies = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
  }
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  keep(first)
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: header(), 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams({ ...account, csrfToken, json: 'true' }),
  })
  keep(answer)
  if (![...cookies.keys()].some((name) => name.includes('session-token'))) {
    throw new Error(`sign-in of ${account.email} failed: ${answer.status} ${await answer.text()}`)
  }
  return header()
}
