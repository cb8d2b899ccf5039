#!/usr/bin/env node
'use strict'
// The launcher. Old JavaScript on purpose: any Node must be able to read it, so that it can say which one is needed.
var fs = require('fs')
var path = require('path')
var MIN = [24, 15]
var version = process.versions.node.split('.')

if (Number(version[0]) > MIN[0] || (Number(version[0]) === MIN[0] && Number(version[1]) >= MIN[1])) {
  run(process.argv.slice(2))
} else {
  runOnNewerNode()
}

function run(words) {
  // The one question that needs nothing of the program; scripts ask it often.
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    console.log(JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')).version)
    return
  }
  // A checkout runs its sources; the package has only what was built from them.
  var source = path.join(__dirname, '..', 'src', 'cli', 'main.ts')
  var entry = fs.existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'cli', 'main.js')
  keepCompiled()
  resolveAtOnce(path.dirname(path.dirname(entry)))
  import(require('url').pathToFileURL(entry).href).then(
    function (cli) {
      return cli.main(words)
    },
    function (error) {
      // Node would end with 1, which says that a file has findings.
      console.error(error)
      process.exitCode = 70
    },
  )
}

/**
 * Node keeps what it compiled, which halves the time to the first word. Beside the packages and not in the folder for
 * temporary files: whoever can write there can write our code as well. Where it cannot be written nothing is kept.
 */
function keepCompiled() {
  var packages = path.join(__dirname, '..', 'node_modules')
  if (!fs.existsSync(packages)) packages = path.join(__dirname, '..', '..')
  if (path.basename(packages) === 'node_modules') {
    require('module').enableCompileCache(path.join(packages, '.cache', 'flatgate'))
  }
}

/**
 * Our own imports name a file exactly, so that there is nothing to look for. Node would ask the disk for links and for
 * every package.json above the file, once for each of some hundred files: a third of the time to the first word.
 */
function resolveAtOnce(folder) {
  var ours = require('url').pathToFileURL(fs.realpathSync(folder)).href + '/'
  require('module').registerHooks({
    resolve: function (specifier, context, next) {
      var isOurs = specifier[0] === '.' && context.parentURL && context.parentURL.indexOf(ours) === 0
      var format = isOurs && { '.ts': 'module-typescript', '.js': 'module' }[path.extname(specifier)]
      if (!format) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, format: format, shortCircuit: true }
    },
  })
}

function runOnNewerNode() {
  var platform = process.platform === 'win32' ? 'win' : process.platform
  var name = (platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-' : 'node-') + platform + '-' + process.arch
  var newer = null
  try {
    newer = require.resolve(name + '/bin/node' + (platform === 'win' ? '.exe' : ''))
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
  }
  if (newer && !process.env.FLATGATE_REEXEC) {
    process.env.FLATGATE_REEXEC = '1'
    var child = require('child_process').spawn(newer, [__filename].concat(process.argv.slice(2)), {
      // The channel closes when this process ends, however it ends: the other one then stops as by SIGTERM.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    ;['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
      process.on(signal, function () {
        // Ctrl-C of a terminal reaches the child by itself.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      })
    })
    child.on('exit', function (code, signal) {
      if (signal) {
        // Our own listener would swallow it, and the caller would not learn how it ended.
        process.removeAllListeners(signal)
        process.kill(process.pid, signal)
      } else process.exit(code)
    })
  } else {
    console.error(
      'flatgate needs Node.js ' +
        MIN.join('.') +
        ' or newer; this is ' +
        process.version +
        ' (' +
        process.execPath +
        ').\n' +
        'Install Node.js 24 or 26, or run `npm install ' +
        name +
        '@26` beside flatgate: it then uses that copy by itself.',
    )
    process.exit(2)
  }
}
