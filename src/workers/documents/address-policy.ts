import ipaddr from 'ipaddr.js';

/**
 * Addresses that are public by number and yet belong to the network a machine stands in: the platform service of a large
 * cloud, which hands out machine credentials.
 */
const platformAddresses: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Global unicast (RFC 4291 §2.4): everything of IPv6 that is routed in the open. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address may be fetched from. Only public unicast may: not loopback, private, link-local (cloud metadata),
 * unique-local, carrier-grade NAT, multicast, broadcast, 0.0.0.0/8, reserved and documentation ranges, tunnels (6to4, Teredo), nor any of
 * them wrapped into IPv6. Addresses of NAT64 count as the IPv4 address in them.
 *
 * @param address an IPv4 or IPv6 literal without brackets
 */
export function isPublicAddress(address: string): boolean {
  // SECURITY: deny by default; what does not parse or is in no known public range is refused.
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast' && !platformAddresses.has(parsed.toString());
  if (parsed.range() === 'rfc6052') return isPublicAddress(parsed.toByteArray().slice(-4).join('.'));
  return parsed.range() === 'unicast' && parsed.match(globalUnicast);
}

/**
 * Whether the person allowed this host in the settings. An entry is a host, allowing all its ports, or `host:port`;
 * IPv6 hosts stand in brackets when a port follows.
 */
export function isAllowedHost(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowedHosts.some(entry => {
    const parsed = parseEntry(entry);
    return parsed !== null && parsed.host === url.hostname && (parsed.port === null || parsed.port === port);
  });
}

function parseEntry(entry: string): { host: string; port: string | null } | null {
  const trimmed = entry.trim();
  const isBareIpv6 = !trimmed.startsWith('[') && trimmed.split(':').length > 2;
  const port = isBareIpv6 ? null : (/:(\d{1,5})$/u.exec(trimmed)?.[1] ?? null);
  const host = isBareIpv6 ? `[${trimmed}]` : port === null ? trimmed : trimmed.slice(0, -port.length - 1);
  try {
    return { host: new URL(`http://${host}/`).hostname, port };
  } catch {
    return null;
  }
}
