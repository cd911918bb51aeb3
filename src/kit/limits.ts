const kib = 1024;
const mib = 1024 * kib;

/** Every bound of the office in one place. Sizes in bytes, times in the unit that ends the name. */
export const limits = {
  // Pages
  rowsPerPage: 50,
  rowsPerPageMost: 200,
  searchCharacters: 40,
  textCharacters: 200,
  noteCharacters: 2_000,
  // Requests
  bodyBytes: mib,
  uploadBytes: 20 * mib,
  photoBytes: 8 * mib,
  filesPerForm: 12,
  photosPerAnswer: 9,
  fieldsPerForm: 500,
  syncItems: 200,
  // Signing in (GB/T 22239-2019 level 2; the figures are our choice)
  signInTries: 5,
  signInLockMinutes: 15,
  idleMinutes: 30,
  passwordCharactersLeast: 10,
  passwordCharactersMost: 128,
  // Exchange files. A file handed over on the command line may be as large as a whole city's.
  fileBytes: 4 * 1024 * mib,
  fileRows: 20_000_000,
  fileColumns: 200,
  cellCharacters: 10_000,
  rowBytes: 256 * kib,
  sheetBytes: 512 * mib,
  sharedTextBytes: 64 * mib,
  sheetRows: 100_000,
  headerSearchRows: 5,
  faultsPerReport: 1_000,
  // Work
  householdsPerUnit: 500,
  registeredPerUnit: 1_000,   // Keys that fall anywhere touch as many pages for five hundred households as for a thousand.
  unitMs: 100,
} as const;
