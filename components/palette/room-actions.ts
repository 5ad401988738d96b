import {
  BookOpen,
  Copy,
  Download,
  Eye,
  FileOutput,
  FilePlus,
  FileUp,
  History,
  LayoutTemplate,
  Pencil,
  Printer,
  Share,
} from 'lucide-react';
import { pressButton } from '../room/page-button.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { copyText } from '../share/copy.ts';
import { linkOf, roomLinks } from '../share/room-links.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';
import { all, canEdit, hasDialog, hasDrawer, hasPreview } from './available.ts';
import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.actions;

const linkKnown =
  (kind: 'edit' | 'view') =>
  ({ client, view }: RoomTools) =>
    client !== null && view.status.kind !== 'lost' && roomLinks(view.token, view.role)[kind] !== null;

function copyLink({ client, view, say, warn }: RoomTools, kind: 'edit' | 'view'): void {
  const token = roomLinks(view.token, view.role)[kind];
  if (token === null) return;
  // A fresh room has to exist now, because its link is about to be given away.
  client?.publish();
  void copyText(linkOf(token)).then((done) => {
    if (done) say(kind === 'edit' ? strings.share.editCopied : strings.share.viewCopied);
    else warn(t.notCopied);
  });
}

/** What is done with the room as a whole, and with other rooms. */
export const roomActions: readonly Action[] = [
  {
    id: 'share',
    words: t.share,
    group: 'room',
    icon: Share,
    when: ({ client, view }) => client !== null && view.status.kind !== 'lost',
    run: () => pressButton('share'),
  },
  {
    id: 'copy-edit-link',
    words: t.copyEdit,
    group: 'room',
    icon: Copy,
    when: linkKnown('edit'),
    run: (tools) => copyLink(tools, 'edit'),
  },
  {
    id: 'copy-view-link',
    words: t.copyView,
    group: 'room',
    icon: Copy,
    when: linkKnown('view'),
    run: (tools) => copyLink(tools, 'view'),
  },
  {
    id: 'rename',
    words: t.rename,
    group: 'room',
    icon: Pencil,
    when: canEdit,
    run: () => pressButton('rename'),
  },
  {
    id: 'history',
    words: t.history,
    group: 'room',
    keys: 'Mod+Shift+H',
    icon: History,
    when: hasDrawer('history'),
    run: ({ show }) => show({ drawer: 'history' }),
  },
  {
    id: 'preview',
    words: t.preview,
    group: 'room',
    keys: 'Mod+Shift+E',
    icon: Eye,
    when: hasPreview,
    run: ({ show, surfaces }) => show({ preview: !surfaces.preview }),
  },
  {
    id: 'download',
    words: t.download,
    group: 'room',
    icon: Download,
    when: ({ client }) => client !== null,
    run: ({ acts }) => acts.download(),
  },
  {
    id: 'download-as',
    words: t.downloadAs,
    group: 'room',
    icon: FileOutput,
    when: hasDialog('downloadAs'),
    run: ({ show }) => show({ dialog: 'downloadAs' }),
  },
  {
    id: 'print',
    words: t.print,
    group: 'room',
    keys: 'Mod+P',
    icon: Printer,
    when: hasDialog('print'),
    run: ({ show }) => show({ dialog: 'print' }),
  },
  {
    id: 'import',
    words: t.importFile,
    group: 'room',
    icon: FileUp,
    when: all(canEdit, hasDialog('importFile')),
    run: ({ show }) => show({ dialog: 'importFile' }),
  },
  {
    id: 'rooms',
    words: t.rooms,
    group: 'room',
    icon: BookOpen,
    when: hasDialog('rooms'),
    run: ({ show }) => show({ dialog: 'rooms' }),
  },
  {
    id: 'new-room',
    words: t.newRoom,
    group: 'room',
    icon: FilePlus,
    run: ({ acts }) => acts.newRoom(),
  },
  {
    id: 'templates',
    words: t.templates,
    group: 'room',
    icon: LayoutTemplate,
    when: all(canEdit, hasDialog('templates')),
    run: ({ show }) => show({ dialog: 'templates' }),
  },
];
