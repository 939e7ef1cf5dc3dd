import { DOMParser } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { cleanPasted } from '#app/(newsroom)/drafts/[id]/_components/clean-paste.ts'
import { isOurs } from '#app/(newsroom)/drafts/[id]/_components/paste.ts'
import { isSafeHref } from '#lib/domain/links.ts'

function clean(html: string): string {
  const document = new DOMParser().parseFromString(
    `<!doctype html><html><body>${html}</body></html>`,
    'text/html',
  )
  return cleanPasted(document as unknown as Document, isSafeHref)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

describe('pasting from Word', () => {
  test('its styles, comments and private elements are left behind', () => {
    const html = `<!--StartFragment--><style>p.MsoNormal{margin:0}</style>
      <p class=MsoNormal style='margin-bottom:8pt;mso-fareast-language:FR'><b style='mso-bidi-font-weight:normal'>Gras</b> et
      <i>italique</i><o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment-->`
    expect(clean(html)).toBe('<p><b>Gras</b> et <i>italique</i></p>')
  })

  test('list paragraphs become one list, with its levels', () => {
    const item = (level: number, marker: string, text: string) =>
      `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp;</span></span>${text}</p>`
    const html = item(1, '·', 'Un') + item(2, 'o', 'Un et demi') + item(1, '·', 'Deux')
    expect(clean(`<p>Avant</p>${html}<p>Après</p>`)).toBe(
      '<p>Avant</p><ul><li><p>Un</p><ul><li><p>Un et demi</p></li></ul></li><li><p>Deux</p></li></ul><p>Après</p>',
    )
  })

  test('a numbered list stays numbered, and two lists stay two', () => {
    const item = (list: number, marker: string, text: string) =>
      `<p style='mso-list:l${list} level1 lfo1'><span style='mso-list:Ignore'>${marker}</span>${text}</p>`
    expect(clean(`${item(0, '1.', 'Un')}${item(0, '2.', 'Deux')}<p>Puis</p>${item(1, '·', 'Point')}`)).toBe(
      '<ol><li><p>Un</p></li><li><p>Deux</p></li></ol><p>Puis</p><ul><li><p>Point</p></li></ul>',
    )
  })

  test('its title is a heading, and headings are not bold on top', () => {
    expect(
      clean('<p class=MsoTitle><b>Le titre</b></p><h4><span style="font-weight:bold">Petit</span></h4>'),
    ).toBe('<h1>Le titre</h1><h3>Petit</h3>')
  })

  test('the non-breaking space of French stays, the one that fakes a gap does not', () => {
    const html = '<p>Ici&nbsp;: là<span style="mso-spacerun:yes">&nbsp;&nbsp;</span>fin</p>'
    expect(clean(html).replace('&#160;', '\u00a0')).toBe('<p>Ici\u00a0: là  fin</p>')
  })
})

describe('pasting from Google Docs', () => {
  test('the bold that is not bold is unwrapped, and spans become marks', () => {
    const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1234">
      <p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:700">Gras</span><span style="font-weight:400"> plat </span><span style="font-style:italic">penché</span></p><br><p dir="ltr">Suite</p></b><br class="Apple-interchange-newline">`
    expect(clean(html)).toBe('<p><strong>Gras</strong> plat <em>penché</em></p><p>Suite</p>')
  })

  test('a list inside a list goes into the item above it', () => {
    expect(clean('<ul><li><p>Un</p></li><ul><li><p>Dessous</p></li></ul><li><p>Deux</p></li></ul>')).toBe(
      '<ul><li><p>Un</p><ul><li><p>Dessous</p></li></ul></li><li><p>Deux</p></li></ul>',
    )
  })

  test('a link leads where it says, not through Google', () => {
    expect(
      clean('<p><a href="https://www.google.com/url?q=https://exemple.quebec/a&amp;sa=D">là</a></p>'),
    ).toBe('<p><a href="https://exemple.quebec/a">là</a></p>')
  })
})

describe('pasting from anywhere', () => {
  test('a link that is not https or mailto is only its words', () => {
    const html = '<p><a href="javascript:alert(1)">a</a> <a href="http://x.org">b</a> <a name="c">c</a></p>'
    expect(clean(html)).toBe('<p>a b c</p>')
    expect(clean('<p><a href="mailto:a@b.org" onclick="x()" target="_top">a</a></p>')).toBe(
      '<p><a href="mailto:a@b.org">a</a></p>',
    )
  })

  test('nothing that runs or loads comes in', () => {
    expect(
      clean(
        '<p onmouseover="x()">a<script>x()</script><img src=x onerror="x()"><iframe src="//y"></iframe></p>',
      ),
    ).toBe('<p>a</p>')
  })

  test('a break inside a paragraph stays, an ordered list keeps its first number', () => {
    expect(clean('<p>a<br>b</p><ol start="3" style="x"><li>c</li></ol>')).toBe(
      '<p>a<br>b</p><ol start="3"><li>c</li></ol>',
    )
  })

  test('what was copied from a draft is recognised by the mark the editor leaves', () => {
    expect(isOurs('<p data-pm-slice="1 1 []">a</p>')).toBe(true)
    expect(isOurs('<p>data-pm-slice=</p>')).toBe(false)
  })
})
