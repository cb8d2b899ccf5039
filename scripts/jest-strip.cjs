// Jest's whole TypeScript support: Node strips the types and keeps every position, so no source map is needed.
const { stripTypeScriptTypes } = require('node:module')
const { createHash } = require('node:crypto')
const self = require('node:fs').readFileSync(__filename)

module.exports = {
  canInstrument: false,
  getCacheKey: (source, file, options) =>
    createHash('sha1')
      .update(self)
      .update(process.version)
      .update(source)
      .update(file)
      .update(String(options.instrument))
      .update(String(options.supportsStaticESM))
      .digest('hex'),
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
}
