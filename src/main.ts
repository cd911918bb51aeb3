import { registerHooks } from 'node:module';

/**
 * The entry. Our imports say the whole path of a file, so nothing has to be searched for; Node's own search, which tries
 * extensions, folders and package scopes 2,000 times over, takes as long as loading all the files does.
 */
registerHooks({
  resolve(specifier, { parentURL }, next) {
    if (parentURL === undefined || !specifier.startsWith('.') || !specifier.endsWith('.ts')) return next(specifier);
    return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
  },
});
await import('./serving.ts');
