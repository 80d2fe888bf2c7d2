package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns squares of eight by eight bytes about their diagonals.
 */
final class ByteSquare {

	/** Bytes a side. */
	static final int SIZE = 8;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private ByteSquare() {
	}

	/**
	 * @param source holds the square
	 * @param from its first byte
	 * @param pitch how far apart its rows are
	 * @param target receives it, rows as columns
	 * @param to its first byte there
	 * @param targetPitch how far apart its rows are there
	 */
	static void transpose(byte[] source, int from, int pitch, byte[] target, int to, int targetPitch) {
		long a = (long) LONG.get(source, from);
		long b = (long) LONG.get(source, from + pitch);
		long c = (long) LONG.get(source, from + 2 * pitch);
		long d = (long) LONG.get(source, from + 3 * pitch);
		long e = (long) LONG.get(source, from + 4 * pitch);
		long f = (long) LONG.get(source, from + 5 * pitch);
		long g = (long) LONG.get(source, from + 6 * pitch);
		long h = (long) LONG.get(source, from + 7 * pitch);
		// squares of four by four change places, then those of two by two, then bytes
		long ae = (a ^ e << 32) & 0xffffffff00000000L;
		long bf = (b ^ f << 32) & 0xffffffff00000000L;
		long cg = (c ^ g << 32) & 0xffffffff00000000L;
		long dh = (d ^ h << 32) & 0xffffffff00000000L;
		a ^= ae;
		b ^= bf;
		c ^= cg;
		d ^= dh;
		e ^= ae >>> 32;
		f ^= bf >>> 32;
		g ^= cg >>> 32;
		h ^= dh >>> 32;
		long ac = (a ^ c << 16) & 0xffff0000ffff0000L;
		long bd = (b ^ d << 16) & 0xffff0000ffff0000L;
		long eg = (e ^ g << 16) & 0xffff0000ffff0000L;
		long fh = (f ^ h << 16) & 0xffff0000ffff0000L;
		a ^= ac;
		b ^= bd;
		c ^= ac >>> 16;
		d ^= bd >>> 16;
		e ^= eg;
		f ^= fh;
		g ^= eg >>> 16;
		h ^= fh >>> 16;
		long ab = (a ^ b << 8) & 0xff00ff00ff00ff00L;
		long cd = (c ^ d << 8) & 0xff00ff00ff00ff00L;
		long ef = (e ^ f << 8) & 0xff00ff00ff00ff00L;
		long gh = (g ^ h << 8) & 0xff00ff00ff00ff00L;
		LONG.set(target, to, a ^ ab);
		LONG.set(target, to + targetPitch, b ^ ab >>> 8);
		LONG.set(target, to + 2 * targetPitch, c ^ cd);
		LONG.set(target, to + 3 * targetPitch, d ^ cd >>> 8);
		LONG.set(target, to + 4 * targetPitch, e ^ ef);
		LONG.set(target, to + 5 * targetPitch, f ^ ef >>> 8);
		LONG.set(target, to + 6 * targetPitch, g ^ gh);
		LONG.set(target, to + 7 * targetPitch, h ^ gh >>> 8);
	}

}
