package dev.snapvec.spring.boot.config;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The known property keys, and the distance of another key from them.
 * <p>
 * Internal: not for applications.
 */
public final class KnownKeys {

	private KnownKeys() {
	}

	/** Returns the keys of a type, including those of nested types. */
	public static List<String> of(Class<?> type, String prefix) {
		List<String> keys = new ArrayList<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			String key = prefix + DataObjectPropertyName.toDashedForm(property.getName());
			Class<?> of = property.getPropertyType();
			if (property.getWriteMethod() == null && of.isMemberClass()) {
				keys.addAll(of(of, key + "."));
			}
			else if (of != Class.class) {
				keys.add(key);
			}
		}
		return keys;
	}

	/** Number of letters to insert, delete or replace (Levenshtein, 1966). */
	public static int distance(String one, String other) {
		int[] previous = new int[other.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int[] current = new int[other.length() + 1];
			current[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = previous[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[other.length()];
	}

}
