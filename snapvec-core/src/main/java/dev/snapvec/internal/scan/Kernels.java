package dev.snapvec.internal.scan;

import java.util.Locale;
import java.util.Optional;

/**
 * Chooses the kernel, once. The Vector API is used if its module is present (with
 * {@code --add-modules jdk.incubator.vector}) and the processor's vectors are wide
 * enough; the system property {@value #PROPERTY}, {@code scalar} or {@code vector},
 * overrides that.
 */
public final class Kernels {

	private static final String PROPERTY = "snapvec.kernel";

	private static final String VECTOR_MODULE = "jdk.incubator.vector";

	/** The kernel in use. */
	public static final Kernel CURRENT = choose(System.getProperty(PROPERTY, ""));

	/** The inner products in use. */
	public static final VectorOps OPS = CURRENT.ops();

	private Kernels() {
	}

	private static Kernel choose(String wanted) {
		return switch (wanted) {
			case "scalar" -> new ScalarKernel();
			case "vector" -> vector().orElseThrow(() -> new IllegalStateException(String.format(Locale.ROOT,
					"%s is 'vector', but the JVM was started without --add-modules %s, or the processor has no 512-bit vectors",
					PROPERTY, VECTOR_MODULE)));
			case "" -> vector().orElseGet(ScalarKernel::new);
			default -> throw new IllegalStateException(
					String.format(Locale.ROOT, "%s must be 'scalar' or 'vector', but was '%s'", PROPERTY, wanted));
		};
	}

	/**
	 * The kernel of the Vector API, if it is available. Loaded by name, so that nothing
	 * requires its module where that is absent.
	 */
	static Optional<Kernel> vector() {
		Optional<Module> module = ModuleLayer.boot().findModule(VECTOR_MODULE);
		if (module.isEmpty()) {
			return Optional.empty();
		}
		Kernels.class.getModule().addReads(module.get());
		try {
			Class<?> type = Class.forName(Kernels.class.getPackageName() + ".VectorKernel");
			Kernel kernel = (Kernel) type.getDeclaredConstructor().newInstance();
			return Optional.of(kernel);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return Optional.empty(); // too short vectors, or another API than it was
										// compiled for
		}
	}

}
