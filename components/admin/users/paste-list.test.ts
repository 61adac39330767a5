import { describe, expect, it } from 'vitest';
import { defaultAccess } from '@/server/protocol/access';
import { type Known, readPasted } from './paste-list';

const known: Known = {
  usernames: new Set(['admin', 'anna']),
  extensions: new Set(['200']),
  roles: defaultAccess.roles,
  role: 'receptionist',
};
const read = (text: string) => readPasted(text, known);

describe('a pasted list', () => {
  it('is read from a spreadsheet, with commas or semicolons, in the usual order', () => {
    for (const text of [
      'Bea Ito\t201\tbea@example.com\tSupervisor',
      'Bea Ito;201;bea@example.com;supervisor',
      'Bea Ito, 201, bea@example.com, Supervisor\r\n\r\n',
    ]) {
      expect(read(text)).toEqual([
        {
          line: 1,
          name: 'Bea Ito',
          username: 'bea',
          extension: '201',
          email: 'bea@example.com',
          role: 'supervisor',
          problem: null,
        },
      ]);
    }
  });

  it('may title its columns, in any order, and quote its cells', () => {
    const text = 'Role;E-Mail;Name;User name\nViewer;"z@example.com";"Åberg; Zoë ""Z""";zoe\n';
    expect(read(text)).toMatchObject([
      { line: 2, name: 'Åberg; Zoë "Z"', username: 'zoe', email: 'z@example.com', role: 'viewer', problem: null },
    ]);
  });

  it('needs nothing but names: user names are made, no two the same', () => {
    expect(
      read('Zoë Åberg\nZoe Aberg\nAnna\n').map(({ username, role, problem }) => [username, role, problem]),
    ).toEqual([
      ['zoe.aberg', 'receptionist', null],
      ['zoe.aberg2', 'receptionist', null],
      ['anna2', 'receptionist', null],
    ]);
  });

  it('says line by line what is wrong', () => {
    const text = ['Cara,200', 'Dan,201,not an address', 'Eve,202,,Boss', ',203', 'Finn,204', 'Gil,204'].join('\n');
    expect(read(text).map(({ line, problem }) => [line, problem])).toEqual([
      [1, 'Extension 200 belongs to somebody already.'],
      [2, 'Email: enter an e-mail address, such as anna@example.com.'],
      [3, 'There is no role “Boss”.'],
      [4, 'Name: enter a name.'],
      [5, null],
      [6, 'Extension 204 belongs to somebody already.'],
    ]);
    expect(read('Name;User name\nAnother Anna;Anna')).toMatchObject([{ problem: 'There is a user “anna” already.' }]);
    expect(read('  \n\n')).toEqual([]);
  });
});
