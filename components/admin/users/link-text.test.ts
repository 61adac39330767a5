import { expect, it } from 'vitest';
import { type IssuedLink, linkOf, linksCsv, mailOf } from './link-text';

const link: IssuedLink = {
  ...{ id: 'u1', name: 'Anna Berg', username: 'anna.berg', extension: '101', email: 'anna@example.com' },
  link: linkOf('T', 'https://panel.example'),
  expiresAt: '2026-11-28T08:00:00.000Z',
};

it('writes a mail with the link', () => {
  const mail = mailOf(link);
  expect(mail).toMatch(/^mailto:anna%40example\.com\?subject=/);
  expect(decodeURIComponent(mail)).toContain('https://panel.example/setup/#invite=T');
});

it('writes a table that is harmless in a spreadsheet', () => {
  expect(linksCsv([{ ...link, name: '=cmd("x")', email: null }])).toBe(
    '\ufeffname,user name,extension,e-mail,link,until\r\n' +
      '"\'=cmd(""x"")",anna.berg,101,,https://panel.example/setup/#invite=T,2026-11-28T08:00:00.000Z\r\n',
  );
});
