/** What a notice may offer to do with the room and its text. */
export interface NoticeActions {
  copyText: () => void;
  newRoomWithIt: () => void;
  download: () => void;
  reload: () => void;
  showCopy: (text: string) => void;
  dismiss: () => void;
}
