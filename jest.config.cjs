module.exports = {
  testEnvironment: 'node',
  // Only what never ends is to be cut off: a busy machine makes honest tests slow.
  testTimeout: 120_000,
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-strip.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.test.ts'],
}
