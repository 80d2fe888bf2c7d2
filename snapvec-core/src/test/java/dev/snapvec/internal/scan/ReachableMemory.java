package dev.snapvec.internal.scan;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What an object keeps alive: follows its fields, but none of {@link Reference}s and of
 * classes.
 */
final class ReachableMemory {

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private long bytesOfArrays;

	ReachableMemory(Object root) throws IllegalAccessException {
		Deque<Object> open = new ArrayDeque<>();
		open.add(root);
		while (!open.isEmpty()) {
			Object next = open.remove();
			if (this.seen.add(next)) {
				visit(next, open);
			}
		}
	}

	private void visit(Object object, Deque<Object> open) throws IllegalAccessException {
		Class<?> type = object.getClass();
		if (type.isArray() && type.getComponentType().isPrimitive()) {
			this.bytesOfArrays += (long) Array.getLength(object) * size(type.getComponentType());
			return;
		}
		if (type.isArray()) {
			for (Object element : (Object[]) object) {
				add(element, open);
			}
			return;
		}
		for (Class<?> each = type; each != null
				&& each.getName().startsWith("dev.snapvec"); each = each.getSuperclass()) {
			for (Field field : each.getDeclaredFields()) {
				if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
					field.setAccessible(true);
					add(field.get(object), open);
				}
			}
		}
		if (object instanceof Iterable<?> elements) {
			elements.forEach((element) -> add(element, open));
		}
	}

	private static void add(Object object, Deque<Object> open) {
		if (object != null && !(object instanceof Class) && !(object instanceof Reference)) {
			open.add(object);
		}
	}

	private static int size(Class<?> primitive) {
		return (primitive == long.class || primitive == double.class) ? Long.BYTES
				: (primitive == int.class || primitive == float.class) ? Integer.BYTES
						: (primitive == short.class || primitive == char.class) ? Short.BYTES : 1;
	}

	/** What the numbers in arrays take; the rest is little. */
	long bytesOfArrays() {
		return this.bytesOfArrays;
	}

	boolean holds(Class<?> type) {
		return this.seen.stream().anyMatch(type::isInstance);
	}

}
