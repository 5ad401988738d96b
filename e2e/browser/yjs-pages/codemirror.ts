import { defaultKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

// A page with the published packages and nothing of ours. Its address says who writes, and where: ?name=…&color=…#<link>.
const link = new URL(location.hash.slice(1));
const query = new URLSearchParams(location.search);
const color = query.get('color') ?? '#0a5b6e';
const doc = new Y.Doc();
const text = doc.getText('codemirror');
const provider = new WebsocketProvider(
  `${link.origin.replace('http', 'ws')}/yjs`,
  link.pathname.split('/').pop() ?? '',
  doc,
);
provider.awareness.setLocalStateField('user', {
  name: query.get('name') ?? 'Yuri',
  color,
  colorLight: `${color}33`,
});
provider.on('sync', (synced) => document.body.setAttribute('data-synced', String(synced)));
provider.on('closed', ({ code, reason }) => document.body.setAttribute('data-closed', `${code} ${reason}`));

new EditorView({
  parent: document.body,
  state: EditorState.create({
    doc: text.toJSON(),
    extensions: [
      keymap.of([...yUndoManagerKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Text' }),
      yCollab(text, provider.awareness),
    ],
  }),
});
