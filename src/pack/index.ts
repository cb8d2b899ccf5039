export { readZip, type ZipArchive, type ZipEntry } from './read-zip.ts'
export { DEFAULT_ZIP_LIMITS, type ZipLimits } from './zip-limits.ts'
export { type ZipInput, writeZip } from './write-zip.ts'
