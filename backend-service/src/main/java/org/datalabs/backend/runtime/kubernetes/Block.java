package org.datalabs.backend.runtime.kubernetes;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of IP addresses (RFC 4632, RFC 4291 section 2.3).
 *
 * @param first its first address as a number
 * @param bits length of its prefix
 * @param width bits of an address: 32 or 128
 */
record Block(BigInteger first, int bits, int width) {

    /** Reads digits such as {@code 192.0.2.0/24}; no name is looked up. */
    static Block of(String cidr) {
        String[] parts = cidr.split("/", 2);
        if (parts.length != 2 || !cidr.matches("[0-9a-fA-F.:]+/[0-9]{1,3}")) {
            throw new IllegalArgumentException(cidr + " is no block of addresses such as 192.0.2.0/24");
        }
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int width = address.length * 8;
            int bits = Integer.parseInt(parts[1]);
            if (bits > width) {
                throw new IllegalArgumentException(cidr + " is no block of addresses such as 192.0.2.0/24");
            }
            int rest = width - bits;
            BigInteger first = new BigInteger(1, address).shiftRight(rest).shiftLeft(rest);
            return new Block(first, bits, width);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr + " is no block of addresses such as 192.0.2.0/24", e);
        }
    }

    /** Whether {@code other} is a smaller part of this. */
    boolean strictlyHolds(Block other) {
        return width == other.width
                && bits < other.bits
                && other.first.shiftRight(width - bits).equals(first.shiftRight(width - bits));
    }
}
