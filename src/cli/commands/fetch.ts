import { GatewayError } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import { withGateway } from '../open.ts'
import { tellOutcomes } from '../tell-outcomes.ts'

/** `flatgate fetch`: brings exports out of Coupa now. */
export const fetchCommand = defineCommand({
  name: 'fetch',
  declare(program, { io, action }) {
    program
      .command('fetch')
      .summary('collect exports now')
      .description('Brings the exports of the named flows, or of all export flows, into their folders.')
      .argument('[flow...]', 'names of export flows; all when absent')
      .option('--json', 'tell the result as JSON')
      .option('--verbose', 'log every step')
      .option('--config <file>', 'configuration file')
      .addHelpText('after', examples('flatgate fetch', 'flatgate fetch invoices-out --json'))
      .action(
        action((names: readonly string[], words: { json?: true; verbose?: true; config?: string }) =>
          withGateway(io, words.config, { form: 'human', level: words.verbose ? 'debug' : 'warn' }, async (gateway) => {
            const exports = gateway.flows.filter(({ kind }) => kind === 'export').map(({ flow }) => flow.name)
            const chosen = names.length > 0 ? names : exports
            const inbound = chosen.find((name) =>
              gateway.flows.some(({ kind, flow }) => kind === 'import' && flow.name === name),
            )
            if (inbound !== undefined)
              throw new GatewayError('USAGE', {
                flow: inbound,
                reason: 'it brings files into Coupa; use `flatgate run`',
              })
            const outcomes = chosen.length === 0 ? [] : await gateway.run(chosen)
            return tellOutcomes(io, outcomes, { isJson: words.json === true, alarms: gateway.newAlarms() })
          }),
        ),
      )
  },
})
