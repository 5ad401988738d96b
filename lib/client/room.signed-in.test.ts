import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';

function scene(signedIn: string | null) {
  const clock = new ManualClock();
  const server = new FakeServer('text');
  server.signedIn = signedIn;
  const ada = new TestScreen(server, clock, 1, { me: { person: 'p', name: 'Quiet Heron', color: 3 } });
  server.settle();
  const comeBack = () => {
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
  };
  return { server, ada, comeBack };
}

const names = (server: FakeServer) => server.heard.filter((message) => message.t === 'me');
const hellos = (server: FakeServer) => server.heard.filter((message) => message.t === 'hello');

describe('somebody whom a proxy has signed in', () => {
  it('has that name, and nobody has to be told of it', () => {
    const { server, ada } = scene('Ada Lovelace');
    expect(ada.view).toMatchObject({ signedIn: true, me: { person: 'p', name: 'Ada Lovelace', color: 3 } });
    expect(names(server)).toEqual([]);
  });

  it('can change the colour and not the name', () => {
    const { server, ada } = scene('Ada Lovelace');
    ada.client.rename('Somebody else', 7);
    server.settle();
    expect(ada.view.me).toEqual({ person: 'p', name: 'Ada Lovelace', color: 7 });
    expect(names(server)).toEqual([{ t: 'me', name: 'Ada Lovelace', color: 7 }]);
    ada.client.rename('Once more', 7);
    server.settle();
    expect(names(server)).toHaveLength(1);
  });

  it('is told a colour that was chosen before the welcome', () => {
    const { server, ada, comeBack } = scene('Ada Lovelace');
    ada.network.wire.cut();
    ada.client.rename('', 9);
    comeBack();
    expect(hellos(server).at(-1)).toMatchObject({ name: 'Quiet Heron', color: 9 });
    expect(names(server)).toEqual([]);
  });

  it('has the own name back when a later welcome says nothing of it', () => {
    const { server, ada, comeBack } = scene('Ada Lovelace');
    ada.client.rename('Somebody else', 7);
    server.settle();
    server.signedIn = null;
    comeBack();
    expect(ada.view).toMatchObject({ signedIn: false, me: { person: 'p', name: 'Quiet Heron', color: 7 } });
    expect(hellos(server).at(-1)).toMatchObject({ name: 'Quiet Heron', color: 7 });
    expect(names(server)).toHaveLength(1);
    ada.client.rename('Keen Otter', 7);
    server.settle();
    expect(names(server).at(-1)).toEqual({ t: 'me', name: 'Keen Otter', color: 7 });
  });
});

it('everybody else goes by the name that they gave', () => {
  const { ada } = scene(null);
  expect(ada.view).toMatchObject({ signedIn: false, me: { name: 'Quiet Heron' } });
});
