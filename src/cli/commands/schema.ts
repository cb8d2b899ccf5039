import { defineCommand, examples } from '../command.ts'
import { declareSchemaDiff } from './schema-diff.ts'
import { declareSchemaGraph } from './schema-graph.ts'
import { declareSchemaImportTemplate } from './schema-import-template.ts'
import { declareSchemaList } from './schema-list.ts'
import { declareSchemaShow } from './schema-show.ts'

/** `flatgate schema`: what flatgate knows of Coupa's formats. */
export const schemaCommand = defineCommand({
  name: 'schema',
  declare(program, context) {
    const schema = program
      .command('schema')
      .summary('the formats of Coupa objects')
      .addHelpText(
        'after',
        examples(
          'flatgate schema list tax',
          'flatgate schema show users',
          'flatgate schema diff R34 2026 --object users',
          'flatgate schema import-template users.csv --object users',
          'flatgate schema graph --object users',
        ),
      )
    declareSchemaList(schema, context)
    declareSchemaShow(schema, context)
    declareSchemaDiff(schema, context)
    declareSchemaImportTemplate(schema, context)
    declareSchemaGraph(schema, context)
  },
})
