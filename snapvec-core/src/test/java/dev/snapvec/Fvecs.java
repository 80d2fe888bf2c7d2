package dev.snapvec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of float vectors, each with its length before it.
 */
final class Fvecs {

	private Fvecs() {
	}

	static float[][] read(Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
				.order(ByteOrder.LITTLE_ENDIAN);
			List<float[]> vectors = new ArrayList<>();
			while (bytes.hasRemaining()) {
				float[] vector = new float[bytes.getInt()];
				bytes.asFloatBuffer().get(vector);
				bytes.position(bytes.position() + 4 * vector.length);
				vectors.add(vector);
			}
			return vectors.toArray(float[][]::new);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
