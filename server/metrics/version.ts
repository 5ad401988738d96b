import manifest from '../../package.json' with { type: 'json' };

/** Of what runs here. */
export const VERSION: string = manifest.version;
