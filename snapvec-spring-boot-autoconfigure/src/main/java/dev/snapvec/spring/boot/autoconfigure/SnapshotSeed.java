package dev.snapvec.spring.boot.autoconfigure;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The seed of a snapshot, from its file, because an index does not tell.
 */
final class SnapshotSeed {

	/** "SNPV", the magic of the only format whose header is known here. */
	private static final int SNAP = 0x534e5056;

	/** Version, dimension and bits, which come before the seed. */
	private static final int BEFORE = 3 * Integer.BYTES;

	private SnapshotSeed() {
	}

	static Optional<Long> read(Path snapshot) {
		try (DataInputStream in = new DataInputStream(Files.newInputStream(snapshot))) {
			if (in.readInt() != SNAP) {
				return Optional.empty();
			}
			in.skipNBytes(BEFORE);
			return Optional.of(Integer.toUnsignedLong(Integer.reverseBytes(in.readInt())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read %s: %s".formatted(snapshot, ex), ex);
		}
	}

}
