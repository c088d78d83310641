/** Whether an address is this machine's own. */
// RFC 5735, section 3 (127.0.0.0/8); RFC 4291, section 2.5.3 (::1); 2.5.5.2 (IPv4-mapped)
export function isFromThisMachine(address: string): boolean {
  return /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/i.test(address) || address === '::1'
}
