import test from 'ava';
import { constraintBytes, isLocal } from '../../src/kit/local-names.ts';

test('the office vouches for the local network alone', t => {
  for (const name of ['localhost', 'xiangxin.lan', 'pc-3.local', 'a.b.home.arpa', '127.0.0.1', '10.255.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.10', '169.254.3.4']) t.true(isLocal(name), name);
  for (const name of ['', 'lan.com', 'bank.example', 'xiangxin', 'evil-lan', '8.8.8.8', '172.15.0.1', '172.32.0.1', '192.169.0.1', '11.0.0.1', '999.1.1.1', '-a.lan', 'a..lan', 'a b.lan', '*.lan', '10.0.0.1.com']) t.false(isLocal(name), name);
});

test('what an authority is bound to is one DER value, its lengths right', t => {
  const bytes = constraintBytes();
  t.is(bytes[0], 0x30);
  t.is((bytes[1] ?? 0) < 128 ? bytes.length - 2 : bytes.length - 3, (bytes[1] ?? 0) < 128 ? bytes[1] ?? 0 : bytes[2] ?? 0);
  t.true(Buffer.from(bytes).includes(Buffer.from([0x87, 8, 192, 168, 0, 0, 255, 255, 0, 0])));
  t.true(Buffer.from(bytes).includes(Buffer.from([0x87, 8, 172, 16, 0, 0, 255, 240, 0, 0])));
});
