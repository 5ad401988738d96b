import type { ServerResponse } from 'node:http';

/** A JSON answer that nobody keeps. */
export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** It is done, and there is nothing to be said. */
export function answerDone(response: ServerResponse): void {
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}
