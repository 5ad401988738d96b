/** What one end of a line hears. `Frame`: text or bytes. */
export interface FrameHandlers<Frame> {
  open(): void;
  message(frame: Frame): void;
  closed(code: number, reason: string): void;
}

/** The server's end of an accepted socket. */
export interface ServerEnd<Frame> {
  receive(frame: Frame): void;
  closed(): void;
}
