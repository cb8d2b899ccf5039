import { type LoadedConfig, type TrustedServer, type TrustOffer, trustServer } from '../../app/index.ts'
import { GatewayError } from '../../base/index.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { counted, shown } from '../words.ts'

/** How a server is to be trusted. */
export interface TrustWords {
  /** The fingerprint that a script gives in full; absent where a person is asked. */
  readonly fingerprint?: string
  readonly isJson: boolean
}

/** `flatgate doctor --trust`: pins the key of the server that a person, or a script in full, says is the right one. */
export async function trust(io: Io, loaded: LoadedConfig, { fingerprint, isJson }: TrustWords): Promise<ExitCode> {
  const sources = { env: io.env, folder: loaded.folder }
  let label = ''
  const trusted = await trustServer({ loaded, sources, signal: io.untilStopped() }, async (offer) => {
    label = offer.label
    for (const line of describe(offer)) io.err(line)
    if (fingerprint !== undefined) return withoutPadding(fingerprint)
    if (io.isInputTerminal && io.isErrTerminal) return ask(io, offer)
    throw new GatewayError('USAGE', {
      option: '--trust',
      reason: 'nobody can be asked here: give the fingerprint in full, as --trust SHA256:… with the 43 characters',
    })
  })
  if (trusted === undefined) {
    io.err('Nothing was pinned.')
    return Exit.usage
  }
  tell(io, label, trusted, isJson)
  return Exit.done
}

function withoutPadding(fingerprint: string): string {
  const bare = fingerprint.trim().replace(/=+$/, '')
  // `SHA256:` and 43 characters; lets nothing that is cut off pass.
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(bare)) return bare
  throw new GatewayError('USAGE', {
    option: '--trust',
    reason: 'must be a whole fingerprint: SHA256: and 43 characters',
  })
}

function describe({ label, host, port, keys, known, waitingParts }: TrustOffer): readonly string[] {
  const isOther = known !== undefined && known.label !== label
  const isNewKey = known !== undefined && !isOther && keys.every(({ fingerprint }) => fingerprint !== known.fingerprint)
  return [
    `${shown(host)}:${port} shows:`,
    ...keys.map(({ type, fingerprint }) => `  ${type.padEnd(20)} ${fingerprint}`),
    'Compare with what the operator of the server gave you by another way: a ticket, a phone call, a document. Where you',
    `have a machine that is trusted there already, compare with  ssh-keygen -lF ${port === 22 ? host : `'[${host}]:${port}'`}`,
    ...(isOther ? [`This ledger belongs to ANOTHER server: ${known.label}, ${known.fingerprint}.`] : []),
    ...(isNewKey ? [`This ledger knows the server with ANOTHER key: ${known.fingerprint}.`] : []),
    ...((isOther || isNewKey) && waitingParts > 0
      ? [`${counted(waitingParts, 'file')} on the way would go on with the server above.`]
      : []),
  ]
}

/** `undefined`: the person broke off, or none is the right one. */
async function ask(io: Io, { keys }: TrustOffer): Promise<string | undefined> {
  const { isCancel, select } = await import('@clack/prompts')
  const answer = await select<string>({
    message: 'Which of them is the one that the operator gave you?',
    // The first answer is the harmless one.
    options: [
      { value: '', label: 'none of them, or I do not know' },
      ...keys.map(({ type, fingerprint }) => ({ value: fingerprint, label: `${type} ${fingerprint}` })),
    ],
    output: io.errStream,
  })
  return isCancel(answer) || answer === '' ? undefined : answer
}

function tell(
  io: Io,
  server: string,
  { path, key: { type, fingerprint }, replaced, alsoPinned, forgot }: TrustedServer,
  isJson: boolean,
): void {
  if (isJson) {
    const before = forgot && { server: forgot.label, fingerprint: forgot.fingerprint }
    const document = { version: 1, server, trusted: { type, fingerprint }, path, replaced, alsoPinned, before }
    io.out(JSON.stringify(document, undefined, 2))
    return
  }
  io.out(`${type} ${fingerprint} is pinned in ${path}.`)
  for (const old of replaced) io.out(`${old} is not any more.`)
  if (forgot !== undefined) io.out(`The ledger belongs to ${server} from now on; before, to ${forgot.label}.`)
  for (const other of alsoPinned)
    io.out(`Also trusted: ${other}. Take it out of server.hostKey or the file when the server has it no more.`)
}
