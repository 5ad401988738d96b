import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { root } from '../../harness/index.ts';

/** Files of pages, served on a port of their own: another origin than any server of ours. */
export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Serves a bundle under `/<name>`, as a page with nothing but that. */
  add(name: string, source: Source): Promise<void>;
  close(): Promise<void>;
}

/** A script's own file, or its text, which may import whatever our node_modules has. */
export type Source = { file: string } | { code: string };

/** What y-monaco looks for, which newer versions of Monaco do not export under that path. */
const ALIAS = { 'monaco-editor/esm/vs/editor/editor.api.js': 'monaco-editor' };

/** Monaco's own worker, as its documentation has it for bundlers. */
const WORKER = 'monaco-editor/editor/editor.worker.js';

export async function servePages(): Promise<PageServer> {
  const files = new Map<string, { type: string; body: string | Uint8Array }>();
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://host').pathname);
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async add(name, source) {
      for (const { path, contents } of await bundle(name, source)) {
        files.set(`/${path}`, { type: path.endsWith('.css') ? 'text/css' : 'text/javascript', body: contents });
      }
      files.set(`/${name}`, { type: 'text/html', body: htmlOf(name, files.has(`/${name}.css`)) });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bundle(name: string, source: Source): Promise<{ path: string; contents: Uint8Array }[]> {
  const entry: BuildOptions =
    'file' in source
      ? { entryPoints: [{ in: source.file, out: name }] }
      : { stdin: { contents: source.code, resolveDir: join(root, 'e2e'), loader: 'js' } };
  const usesMonaco = 'code' in source && source.code.includes('monaco-editor');
  const shared: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: '/out',
    format: 'esm',
    target: 'es2022',
    alias: ALIAS,
    loader: { '.ttf': 'dataurl' },
    logLevel: 'silent',
  };
  const results = [await build({ ...shared, ...entry })];
  if (usesMonaco) {
    results.push(await build({ ...shared, entryPoints: [{ in: WORKER, out: 'editor.worker' }], format: 'iife' }));
  }
  return results.flatMap(({ outputFiles }) =>
    (outputFiles ?? []).map(({ path, contents }) => ({
      path: path.replace(/^.*\//, '').replace(/^stdin\./, `${name}.`),
      contents,
    })),
  );
}

function htmlOf(name: string, styled: boolean): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>${name}</title>
  <link rel="icon" href="data:," />
  ${styled ? `<link rel="stylesheet" href="/${name}.css" />` : ''}
  <style>
    main { height: 80vh; }
    .yRemoteSelectionHead { border-left: 2px solid; }
  </style>
  <body>
    <script>
      self.MonacoEnvironment = { getWorkerUrl: () => '/editor.worker.js' };
    </script>
    <script type="module" src="/${name}.js"></script>
  </body>
</html>
`;
}
