import { describe, expect, test } from 'vitest';
import { isAllowedHost, isPublicAddress } from './address-policy.ts';

describe('addresses that may be fetched from', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '100::1',
    '',
    'localhost',
    '999.1.1.1',
    '127.0.0.1%eth0',
    'fe80::1%eth0',
  ])('%s may not', address => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '93.184.216.34',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450:4010::71',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s may', address => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('hosts the person allowed', () => {
  test.each([
    ['http://wiki.local/x', ['wiki.local'], true],
    ['http://wiki.local:8080/x', ['wiki.local'], true],
    ['http://wiki.local:8080/x', ['wiki.local:8080'], true],
    ['http://wiki.local:8081/x', ['wiki.local:8080'], false],
    ['https://wiki.local/x', ['wiki.local:443'], true],
    ['http://wiki.local/x', ['WIKI.local:80'], true],
    ['http://evil.wiki.local/', ['wiki.local'], false],
    ['http://wiki.local.evil.example/', ['wiki.local'], false],
    ['http://[::1]:80/', ['::1'], true],
    ['http://[::1]:8080/', ['[::1]:8080'], true],
    ['http://[::1]:8081/', ['[::1]:8080'], false],
    ['http://127.0.0.1/', [], false],
    ['http://127.0.0.1/', ['', '*', ':80', 'a b'], false],
  ])('%s with %j: %j', (url, allowed, expected) => {
    expect(isAllowedHost(new URL(url), allowed)).toBe(expected);
  });
});
