// As its guide has it: a server without extensions keeps documents in memory. Port on the command line.

/** @type {string} Not there in a fresh clone. */
const name = '@hocuspocus/server';
const { Server } = await import(name);
await new Server({ port: Number(process.argv[2]), address: '127.0.0.1', quiet: true }).listen();
