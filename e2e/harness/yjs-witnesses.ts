import { createRoom, readText } from './rest.ts';
import { openRobot, type Robot } from './robot.ts';
import { freshToken } from './tokens.ts';
import { openYjsRobot, type YjsRobot } from './yjs-robot.ts';

/** A room with two people who do nothing wrong, one of each kind. */
export interface WitnessedRoom {
  edit: string;
  view: string;
  robot: Robot;
  yjs: YjsRobot;
  /**
   * What they both show, which is what the server has, after each has written a word more; without these words. Throws if
   * they cannot agree.
   */
  agree(timeoutMs?: number): Promise<string>;
  /** What has happened to them that should not: closes of sockets, texts that had to be healed. */
  harm(): string[];
  close(): void;
}

/** Makes a room with this text, and lets two witnesses in. */
export async function openWitnessedRoom(url: string, text: string): Promise<WitnessedRoom> {
  const { links } = await createRoom(url, { text });
  const { token } = links.edit;
  const robot = openRobot({ url, token, name: 'Olga' });
  const yjs = openYjsRobot({ url, token, name: 'Yann' });
  await Promise.all([robot.settled(), yjs.synced()]);
  const written: string[] = [];
  return {
    edit: token,
    view: links.view.token,
    robot,
    yjs,
    async agree(timeoutMs = 20_000) {
      const [one, two] = [`<${freshToken()}>`, `<${freshToken()}>`];
      written.push(one, two);
      robot.edit([one]);
      yjs.ytext.insert(yjs.ytext.length, two);
      await robot.settled(timeoutMs);
      const isTold = (): boolean => yjs.text().includes(one) && robot.text().includes(two);
      await yjs.until('what the others wrote', isTold, timeoutMs);
      const now = await readText(url, token);
      await robot.caughtUp(now.rev, timeoutMs);
      await yjs.shows(now.text, timeoutMs);
      if (robot.text() !== now.text) throw new Error('The OT witness shows another text than the server.');
      return written.reduce((text, word) => text.replace(word, ''), now.text);
    },
    harm: () => [
      ...yjs.closes.map((code) => `the Yjs witness was closed with ${code}`),
      ...(yjs.connects === 1 ? [] : [`the Yjs witness was connected ${yjs.connects} times`]),
      ...robot.notices.map((notice) => `the OT witness was told ${JSON.stringify(notice)}`),
    ],
    close() {
      robot.close();
      yjs.close();
    },
  };
}
