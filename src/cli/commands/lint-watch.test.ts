import { rmSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { runProgram } from '../program.ts'
import type { Io } from '../io.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { PassThrough } from 'node:stream'

const HEADER = '"Login","Email","First Name","Last Name","Status"\r\n'
const row = (status: string): string => `"ann","ann@example.com","Ann","Archer","${status}"\r\n`

const temp = useTempFolder()

/** Tells texts as they come, so that a test goes on when something was said and not when time has passed. */
function listen(): { hear(text: string): void; until(form: RegExp): Promise<string> } {
  const heard: string[] = []
  const waiting: { form: RegExp; resolve: (text: string) => void }[] = []
  return {
    hear(text) {
      const waiter = waiting.find(({ form }) => form.test(text))
      if (!waiter) heard.push(text)
      else {
        waiting.splice(waiting.indexOf(waiter), 1)
        waiter.resolve(text)
      }
    },
    until: (form) => {
      const at = heard.findIndex((text) => form.test(text))
      if (at !== -1) return Promise.resolve(heard.splice(at, 1)[0] ?? '')
      return new Promise((resolve) => waiting.push({ form, resolve }))
    },
  }
}

describe('flatgate lint --watch', () => {
  it('lints what changes, however often, until it is stopped', async () => {
    const stop = new AbortController()
    const said = listen()
    temp.write('in/before.csv', 'untouched')
    const io: Io = {
      out: (text) => said.hear(text),
      err: (text) => said.hear(text),
      input: new PassThrough(),
      isInputTerminal: false,
      isErrTerminal: false,
      isColoured: false,
      env: {},
      folder: temp.path,
      errStream: new PassThrough(),
      untilStopped: () => stop.signal,
    }
    const ended = runProgram(['lint', 'in', '--watch', '--select', 'C', '--format', 'concise'], io)
    await said.until(/^watching in; Ctrl-C ends$/)

    temp.write('in/users.csv', HEADER + row('actve'))
    expect(await said.until(/C405/)).toMatch(/^in\/users\.csv:2:\d+: error C405 “actve”/)
    temp.write('in/users.csv', HEADER + row('inactve'))
    await said.until(/^in\/users\.csv.*“inactve”/)

    temp.write('in/odd.csv', 'a,b\r\n')
    await said.until(/no object fits.*odd\.csv/)
    rmSync(temp.at('in', 'odd.csv'))
    temp.write('in/new/users_2.csv', HEADER + row('later'))
    await said.until(/users_2\.csv:2.*“later”/)

    stop.abort()
    expect(await ended).toBe(0)
  })
})
