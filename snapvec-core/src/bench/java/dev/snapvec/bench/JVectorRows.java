package dev.snapvec.bench;

import java.util.ArrayList;
import java.util.List;

import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;

/**
 * Copies of rows in JVector's own type.
 */
final class JVectorRows {

	private static final VectorTypeSupport TYPES = VectorizationProvider.getInstance().getVectorTypeSupport();

	private JVectorRows() {
	}

	static RandomAccessVectorValues copyOf(Workload workload) {
		List<VectorFloat<?>> rows = new ArrayList<>();
		for (float[] row : workload.base()) {
			rows.add(vector(row.clone()));
		}
		return new ListRandomAccessVectorValues(rows, workload.dimension());
	}

	static VectorFloat<?> vector(float[] values) {
		return TYPES.createFloatVector(values);
	}

}
