import type { ServerResponse } from 'node:http';
import type { Room } from '../room/room.ts';
import { answerJson } from './answer.ts';

/** `GET …/threads`: all threads of comments, in the order of the text at `rev`. */
export async function getThreads(room: Room, response: ServerResponse): Promise<void> {
  answerJson(response, 200, await room.notes.allThreads());
}
