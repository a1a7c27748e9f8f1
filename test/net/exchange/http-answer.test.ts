import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHttpAnswer } from '../../../src/net/exchange/http-answer.ts';

const read = (text: string, closed = false) => readHttpAnswer(Buffer.from(text, 'latin1'), closed);

test('a body of known length is whole when it is there', () => {
  const text = 'HTTP/1.1 403 Forbidden\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello';
  expect(read(text)).toEqual({
    status: 403,
    headers: 'Server: x\r\nContent-Length: 5',
    body: 'hello',
    whole: true,
    cut: false,
    used: text.length,
    keepsOpen: true,
  });
  expect(read(text.slice(0, -1))).toMatchObject({ body: 'hell', whole: false });
  expect(read(`${text}more`)).toMatchObject({ body: 'hello', whole: true });
});

test('a body in chunks is joined', () => {
  const text =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n6\r\n world\r\n0\r\n\r\n';
  expect(read(text)).toMatchObject({ body: 'hello world', whole: true });
  expect(read(text.slice(0, -5))).toMatchObject({ body: 'hello world', whole: false });
  expect(read(text.slice(0, -8))).toMatchObject({ body: 'hello worl', whole: false });
  expect(read(text.replace('6\r\n', '-6\r\n'))).toMatchObject({ body: 'hello', whole: false });
});

test('a body without length ends with the connection', () => {
  const text = 'HTTP/1.0 200 OK\n\nhello';
  expect(read(text)).toMatchObject({ body: 'hello', whole: false });
  expect(read(text, true)).toMatchObject({ body: 'hello', whole: true });
});

test('answers without body, and interim ones', () => {
  expect(read('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, body: '', whole: true });
  const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n';
  expect(read(text)).toMatchObject({ status: 302, whole: true });
  expect(read('HTTP/1.1 100 Continue\r\n\r\n')).toBe('more');
});

test('what is no HTTP is told at once', () => {
  expect(read('220 mail.example.com ESMTP\r\n')).toBe('not-http');
  expect(read('HTTQ')).toBe('not-http');
  expect(read('HTTP/1.1 abc\r\n\r\n')).toBe('not-http');
  expect(read('HTTP/1.1 200 OK\r\nServer', true)).toBe('not-http');
  expect(read('')).toBe('more');
});

test('a body is kept up to 64 KiB', () => {
  const big = 'x'.repeat(70_000);
  const answer = read(`HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n${big}`);
  expect(answer).toMatchObject({ cut: true });
  expect(answer).toHaveProperty('body', 'x'.repeat(65_536));
  const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n${big}\r\n`;
  expect(read(chunked)).toMatchObject({ cut: true, whole: false });
  expect(read(`HTTP/1.1 200 OK\r\nX: ${big}`)).toBe('not-http');
});

test('cut anywhere it is more or a part, and nothing throws', () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n';
  for (let length = 0; length < text.length; length++)
    expect(read(text.slice(0, length))).not.toBe('not-http');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.nat(text.length),
      fc.boolean(),
      (noise, at, closed) => {
        read(noise, closed);
        read(text.slice(0, at) + noise, closed);
      },
    ),
  );
});
