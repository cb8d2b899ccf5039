import { rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach } from '@jest/globals'
import { loadConfig } from '../../src/app/config/load-config.ts'
import { type Gateway, openGateway } from '../../src/app/gateway.ts'
import type { AlarmRecord } from '../../src/ledger/index.ts'
import { type Clock, systemClock } from '../../src/base/index.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { type SandboxGateway, useSandboxGateway } from './sandbox-gateway.ts'
import { type TempFolder, useTempFolder } from './temp-folder.ts'

const MINUTE_MS = 60_000

/** A gateway with a clock that a test moves, in front of a real SFTP server, and restarted before each thing it does. */
export interface AlarmWatch {
  readonly folder: TempFolder
  readonly coupa: SandboxGateway
  readonly clock: ManualClock
  /** Writes the configuration. @param flows YAML of `flows`. */
  configure(flows: string, server?: string): void
  /** Opens the gateway as a new process does, and closes it afterwards. */
  withGateway<T>(work: (gateway: Gateway) => Promise<T>): Promise<T>
  /** Lets minutes pass, then one run of all flows, as a new process. @returns What is open afterwards: `kind subject`. */
  runAfter(minutes: number): Promise<readonly string[]>
  /** Alarms, newest first, those that are over and those not yet raised included. */
  all(): Promise<readonly AlarmRecord[]>
  /** A link in the drop folder of users. @returns Removes it. */
  dropLink(): () => void
}

/** Short waits, such as that for a file to be settled, take no time; what waits for long goes by the clock on the wall. */
const LONG_MS = 1000

function withLongWaits(clock: ManualClock): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) => (ms < LONG_MS ? clock.sleep(ms, signal) : systemClock.sleep(ms, signal)),
  }
}

/** Prepares one before each test of the file. */
export function useAlarmWatch(start = '2026-11-20T04:00:00Z'): AlarmWatch {
  const folder = useTempFolder()
  const coupa = useSandboxGateway(folder)
  let clock = createManualClock(start)
  let path = ''
  const gateways: Gateway[] = []
  beforeEach(() => {
    clock = createManualClock(start)
  })
  afterEach(async () => {
    for (const gateway of gateways.splice(0)) await gateway.close()
  })

  async function withGateway<T>(work: (gateway: Gateway) => Promise<T>): Promise<T> {
    const sources = { env: {}, folder: folder.path }
    const gateway = await openGateway({ loaded: loadConfig(path), sources, clock: withLongWaits(clock) })
    gateways.push(gateway)
    try {
      return await work(gateway)
    } finally {
      gateways.pop()
      await gateway.close()
    }
  }

  const all = (): Promise<readonly AlarmRecord[]> => withGateway(({ ledger }) => ledger.findAlarms({}))

  return {
    folder,
    coupa,
    get clock() {
      return clock
    },
    configure(flows, server) {
      path = coupa.configure(flows, server)
    },
    withGateway,
    all,
    async runAfter(minutes) {
      clock.advance(minutes * MINUTE_MS)
      await withGateway((gateway) => gateway.run())
      const open = (await all()).filter(({ raisedAt, endedAt }) => raisedAt !== undefined && endedAt === undefined)
      return open.map(({ kind, subject }) => `${kind} ${subject}`)
    },
    dropLink() {
      const link = folder.at('inbound/users/link.csv')
      symlinkSync(folder.write('elsewhere.csv', 'a'), link)
      return () => rmSync(link)
    },
  }
}
