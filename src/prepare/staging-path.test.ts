import { describe, expect, it } from '@jest/globals'
import { stagingPath } from './staging-path.ts'

describe('the path a file is uploaded to', () => {
  for (const [path, folder, expected] of [
    ['/Incoming/Users/a.csv', undefined, '/Incoming/Users/a.csv.part'],
    ['/Incoming/Users/a.csv', '/staging', '/staging/a.csv.part'],
    ['/Incoming/Users/a.csv', '/staging/', '/staging/a.csv.part'],
    ['/a.zip', '/', '/a.zip.part'],
  ] as const) {
    it(`is ${expected} for ${path} with staging folder ${folder}`, () =>
      expect(stagingPath(path, folder)).toBe(expected))
  }
})
