import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { ContentStore, ImportFlow } from '../../src/delivery/index.ts'
import type { FileRecord, Ledger } from '../../src/ledger/index.ts'
import type { DroppedInput } from '../support/invariants.ts'
import { loginsOf } from '../support/users-csv.ts'
import { sha256Of } from '../torture/receiver.ts'
import type { SimGateway } from './sim-gateway.ts'

/** Something that was given to a gateway, with its bytes. */
export type SimInput = DroppedInput & { readonly flow: string; readonly content: string | Buffer }

/** What a person of the simulation works with. */
export interface SimOperatorTools {
  readonly gateway: SimGateway
  readonly flows: readonly Pick<ImportFlow, 'name'>[]
  readonly ledger: Pick<Ledger, 'findFiles' | 'findFile' | 'partsOf'>
  readonly contents: Pick<ContentStore, 'pathOf'>
  /** Everything that was given to the gateways; what the person gives is added. */
  readonly inputs: SimInput[]
  /** Where files lie that are sent and were not dropped. */
  readonly folder: string
}

/** A person who decides and orders, and is answerable for what comes of it. */
export interface SimOperator {
  /** How often a person had a part sent again, by its name. */
  readonly releasedParts: ReadonlyMap<string, number>
  /** How many times more than once a person had a row sent, or may have. */
  readonly keysOnPurpose: ReadonlyMap<string, number>
  /** Keys of rows that a person had not sent. */
  readonly keysLeftOut: ReadonlySet<string>
  /** Decides about something that is held. */
  decide(which: number, decision: 'release' | 'drop'): Promise<void>
  /** `flatgate resend` of a file, or of one part of it. */
  resend(which: number, choice: { readonly isEvenIfNewer: boolean; readonly part?: number }): Promise<void>
  /** `flatgate send --force` of a content that was given to the gateways before. */
  sendForced(which: number, flow: string): Promise<void>
}

/** Makes a person. */
export function createSimOperator(tools: SimOperatorTools): SimOperator {
  const { gateway, flows, ledger, contents, inputs, folder } = tools
  const releasedParts = new Map<string, number>()
  const keysOnPurpose = new Map<string, number>()
  const keysLeftOut = new Set<string>()
  let sent = 0

  function onPurpose(keys: readonly string[]): void {
    for (const key of keys) keysOnPurpose.set(key, (keysOnPurpose.get(key) ?? 0) + 1)
  }

  const keysOf = ({ sha256 }: { readonly sha256: string }): readonly string[] =>
    loginsOf(readFileSync(contents.pathOf(sha256), 'utf8'))

  /** Sent once more or not at all: which of them, only the receiver knows. */
  function excuse(content: { readonly sha256: string }): void {
    const keys = keysOf(content)
    onPurpose(keys)
    for (const key of keys) keysLeftOut.add(key)
  }

  async function decide(which: number, decision: 'release' | 'drop'): Promise<void> {
    const held: (() => Promise<void>)[] = []
    for (const { name } of flows) {
      for (const item of (await gateway.act(name, (delivery) => delivery.held())) ?? []) {
        held.push(async () => {
          // Whatever comes of it: from here on a person is answerable for this part.
          releasedParts.set(item.part.name, (releasedParts.get(item.part.name) ?? 0) + 1)
          excuse(item.part)
          await gateway.act(name, (delivery) => delivery.decide(item, decision))
        })
      }
      for (const file of (await gateway.act(name, (delivery) => delivery.heldFiles())) ?? []) {
        held.push(async () => {
          // A released repeat arrives once more; of an archive it is one member.
          if (file.earlierId !== undefined) excuse(file)
          if (decision === 'drop') for (const key of inputs.find(isOf(file))?.keys ?? []) keysLeftOut.add(key)
          await gateway.act(name, (delivery) => delivery.decideFile(file.id, decision))
        })
      }
    }
    await held[which % Math.max(held.length, 1)]?.()
  }

  return {
    releasedParts,
    keysOnPurpose,
    keysLeftOut,
    decide,
    async resend(which, { isEvenIfNewer, part }) {
      const files = (await ledger.findFiles({ limit: 100_000 })).toReversed()
      const file = files[which % Math.max(files.length, 1)]
      if (file === undefined) return
      const parts = await ledger.partsOf(file.id)
      const partId = part === undefined ? undefined : parts[part % Math.max(parts.length, 1)]?.id
      const wish = { fileId: file.id, ...(partId === undefined ? {} : { partId }) }
      const again = await gateway.act(file.flow, (delivery) => delivery.resend(wish, isEvenIfNewer))
      // What was refused was not written down, and is nobody's order.
      for (const { id, name, sha256, flow } of again ?? []) {
        inputs.push({ name, sha256, keys: [], flow, content: readFileSync(contents.pathOf(sha256)) })
        for (const one of await ledger.partsOf(id)) onPurpose(keysOf(one))
      }
    },
    async sendForced(which, flow) {
      const earlier = inputs[which % Math.max(inputs.length, 1)]
      if (earlier === undefined) return
      sent += 1
      const { content, keys } = earlier
      const name = `forced-${sent}${extname(earlier.name)}`
      const path = join(folder, name)
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, content)
      const order = 'a person, with flatgate send --force'
      const taken = await gateway.act(flow, (delivery) => delivery.takeInCopy({ path, name, order }))
      if (taken === undefined) return
      inputs.push({ name, sha256: sha256Of(content), keys, flow, content })
      // What a resend gave again has no keys of its own.
      onPurpose(keys.length > 0 ? keys : rowsOf(earlier))
    },
  }
}

/** Rows of a file that is sent as it is; an archive tells its own. */
function rowsOf({ name, content }: SimInput): readonly string[] {
  return extname(name) === '.csv' ? loginsOf(String(content)) : []
}

const isOf = (file: FileRecord) => (input: DroppedInput) => input.sha256 === file.sha256
