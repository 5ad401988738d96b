/**
 * The ways to preview, print, export and import, behind one more door: the page's first load names only this file, and not the
 * dozens that they are made of.
 */
export const paperDoors = {
  preview: () => import('../preview/preview-pane.tsx').then((file) => file.PreviewPane),
  downloadAs: () => import('./download-as.tsx').then((file) => file.DownloadAs),
  print: () => import('./print-room.tsx').then((file) => file.PrintRoom),
  importFile: () => import('./import-file.tsx').then((file) => file.ImportFile),
};
