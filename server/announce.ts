/**
 * What the operator sees on the console at a first start.
 * @returns lines in a box, French first.
 */
export function firstRunBox(address: string, code: string): string {
  const lines = [
    'Première utilisation : pour créer votre salle de rédaction, ouvrez',
    `  ${address}`,
    `et entrez ce code à usage unique :  ${code}`,
    '',
    'First run: to create your newsroom, open',
    `  ${address}`,
    `and enter this one-time code:  ${code}`,
  ]
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 4)
  return [`┌${edge}┐`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `└${edge}┘`].join('\n')
}
