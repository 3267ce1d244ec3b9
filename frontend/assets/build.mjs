// Builds frontend/yhdys/web/static/web from the sources beside this file. Run by `npm install && npm run build`.
// The result is committed, so nobody needs Node to run Yhdys.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'
import subsetFont from 'subset-font'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const out = join(here, '../yhdys/web/static/web')
const write = async (name, content) => {
  await mkdir(dirname(join(out, name)), { recursive: true })
  await writeFile(join(out, name), content)
  const size = (content.length / 1024).toFixed(1)
  const packed = (brotliCompressSync(content).length / 1024).toFixed(1)
  console.log(`${name}: ${size} KiB, ${packed} KiB packed`)
}

// --- Fonts: what Finnish, Swedish and English need at once, and the Sámi letters (Northern, Inari, Skolt) apart. ---
const latin = [...Array(0x7f - 0x20).keys()].map((n) => String.fromCodePoint(n + 0x20)).join('') +
  [...Array(0x100 - 0xa0).keys()].map((n) => String.fromCodePoint(n + 0xa0)).join('') +
  '–—‘’‚“”„†•…‰‹›€™−≈≤≥×→←↑↓\u2009\u202f\u00ad'
const sami = 'ČčĐđŊŋŠšŦŧŽžĆćƷʒǮǯǤǥǦǧǨǩŃńŚśŹźĀāŌōŪūĒēĪīŁłŘřĚěŐőŰű'
  + 'ʹʼˈ' // The Skolt Sámi softening sign, apostrophe and stress mark.
const source = (set, style) =>
  readFile(join(modules, `@fontsource-variable/source-sans-3/files/source-sans-3-${set}-wght-${style}.woff2`))
const axes = { wght: { min: 400, max: 700, default: 400 } }
const subset = async (set, style, text) =>
  subsetFont(await source(set, style), text, { targetFormat: 'woff2', variationAxes: axes })
await write('fonts/source-sans-3-latin.woff2', await subset('latin', 'normal', latin))
await write('fonts/source-sans-3-sami.woff2', await subset('latin-ext', 'normal', sami))
await copyFile(join(modules, '@fontsource-variable/source-sans-3/LICENSE'), join(out, 'fonts/LICENSE.txt'))

// --- Styles ---
const { css } = sass.compile(join(here, 'scss/app.scss'), {
  loadPaths: [modules], style: 'compressed', quietDeps: true, charset: false
})
await write('app.css', css.replaceAll('}', '}\n')) // A rule a line, so that two people's changes merge.

// --- Scripts: comfort only; every page is read and every form sent without them. ---
for (const name of ['start', 'workspace', 'editor']) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, `js/${name}.js`)], bundle: true, format: 'esm', minify: true, target: 'es2021', write: false,
    nodePaths: [modules], legalComments: 'none'
  })
  await write(`${name}.js`, outputFiles[0].contents)
}
await write('htmx.js', await readFile(join(modules, 'htmx.org/dist/htmx.min.js')))
