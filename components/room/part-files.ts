/**
 * Where the code of optional parts is. A file of its own, fetched with the first of them: each of these imports carries the
 * addresses of all its pieces, which together would weigh more in the first load than what is done with them.
 */
export const settingsDialog = () => import('../settings/settings-dialog.tsx').then((file) => file.SettingsDialog);
export const templatesDialog = () => import('../templates/templates-dialog.tsx').then((file) => file.TemplatesDialog);
export const comforts = () => import('../settings/comforts.tsx').then((file) => file.Comforts);
export const formatBar = () => import('../writing/format-bar.tsx').then((file) => file.FormatBar);
export const startFrom = () => import('../templates/start-from.ts');
