import { expect, test } from 'vitest'
import {
  addPoint,
  movePoint,
  pointsOf,
  textsOf,
} from '#app/(newsroom)/team/review/_components/checklist-points.ts'

const points = pointsOf(['Orthographe', 'Liens', 'Sources'])

test('a point goes up and down, and stays at the ends of the list', () => {
  expect(textsOf(movePoint(points, 2, -1))).toEqual(['Orthographe', 'Sources', 'Liens'])
  expect(textsOf(movePoint(points, 0, 1))).toEqual(['Liens', 'Orthographe', 'Sources'])
  expect(movePoint(points, 0, -1)).toBe(points)
  expect(movePoint(points, 2, 1)).toBe(points)
})

test('a point keeps its key wherever it goes, and no new one takes it', () => {
  const moved = movePoint(points, 0, 1)
  expect(moved.find(({ text }) => text === 'Orthographe')?.key).toBe(points[0]?.key)
  const shorter = points.filter(({ text }) => text !== 'Liens')
  const keys = addPoint(shorter, 'Photos').map(({ key }) => key)
  expect(new Set(keys).size).toBe(3)
})

test('blanks are no points, and what is said twice is one', () => {
  expect(addPoint(points, '   ')).toBe(points)
  expect(textsOf([...points, { key: 9, text: ' Liens ' }, { key: 10, text: '' }])).toEqual([
    'Orthographe',
    'Liens',
    'Sources',
  ])
})
