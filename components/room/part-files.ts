/**
 * Where the code of optional parts is. A file of its own, fetched with the first of them: each of these imports carries the
 * addresses of all its pieces, which together would weigh more in the first load than what is done with them.
 */
export const authorship = () => import('../authorship/authorship.tsx').then((file) => file.Authorship);
export const comforts = () => import('../settings/comforts.tsx').then((file) => file.Comforts);
export const commandPalette = () => import('../palette/command-palette.tsx').then((file) => file.CommandPalette);
export const commentsCompanion = () =>
  import('../comments/comments-companion.tsx').then((file) => file.CommentsCompanion);
export const downloadAs = () => import('../papers/download-as.tsx').then((file) => file.DownloadAs);
export const formatBar = () => import('../writing/format-bar.tsx').then((file) => file.FormatBar);
export const goToLine = () => import('../palette/command-palette.tsx').then((file) => file.GoToLine);
export const historyBar = () => import('../history/history-bar.tsx').then((file) => file.HistoryBar);
export const importFile = () => import('../papers/import-file.tsx').then((file) => file.ImportFile);
export const inspector = () => import('../inspector/inspector.tsx').then((file) => file.Inspector);
export const keysDialog = () => import('../palette/keys-dialog.tsx').then((file) => file.KeysDialog);
export const previewPane = () => import('../preview/preview-pane.tsx').then((file) => file.PreviewPane);
export const printRoom = () => import('../papers/print-room.tsx').then((file) => file.PrintRoom);
export const redactDialog = () => import('../history/redact-dialog.tsx').then((file) => file.RedactDialog);
export const roomVisit = () => import('../rooms/room-visit.tsx').then((file) => file.RoomVisit);
export const roomsDialog = () => import('../rooms/rooms-dialog.tsx').then((file) => file.RoomsDialog);
export const settingsDialog = () => import('../settings/settings-dialog.tsx').then((file) => file.SettingsDialog);
export const sidePanel = () => import('../panel/side-panel.tsx').then((file) => file.SidePanel);
export const startFrom = () => import('../templates/start-from.ts');
export const templatesDialog = () => import('../templates/templates-dialog.tsx').then((file) => file.TemplatesDialog);
export const undoPersonDialog = () => import('../history/undo-person-dialog.tsx').then((file) => file.UndoPersonDialog);
export const visitOffer = () => import('../history/visit-offer.tsx').then((file) => file.VisitOffer);
