package dev.snapvec.spring.boot.population;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * Which of several indexes a populator fills. It must be declared, so that rows of one
 * index do not end up in another.
 */
final class PopulatorChoice {

	private static final Log logger = LogFactory.getLog(PopulatorChoice.class);

	private final String bean;

	private final IndexPopulator populator;

	PopulatorChoice(String bean, IndexPopulator populator) {
		this.bean = bean;
		this.populator = populator;
	}

	/**
	 * Rejects a populator that names an unknown index, or fills several indexes without
	 * naming them.
	 * @param all the names of all indexes
	 * @param fillable those of them that this process fills
	 */
	void require(Collection<String> all, Collection<String> fillable) {
		Set<String> unknown = new TreeSet<>(names());
		unknown.removeAll(all);
		if (!unknown.isEmpty()) {
			throw new PopulatorChoiceException(
					String.format(Locale.ROOT, "populator '%s' fills '%s', which does not exist; expected one of %s",
							this.bean, String.join("', '", unknown), quoted(all)),
					String.format(Locale.ROOT,
							"Let bean '%s' name one of those, or configure the index under %s. For an index that is added"
									+ " while the application runs, override the populates method instead.",
							this.bean, PropertyKeys.INDEXES));
		}
		requireNamed(fillable);
	}

	@SuppressWarnings("NullAway") // the application's code may return anything
	private Set<String> names() {
		Set<String> names = this.populator.indexNames();
		if (names == null) {
			throw new PopulatorChoiceException(String.format(Locale.ROOT,
					"populator '%s' must return the names of the indexes that it fills, but returned null", this.bean),
					String.format(Locale.ROOT, "Return them, or an empty set, from the indexNames method of bean '%s'.",
							this.bean));
		}
		return names;
	}

	private void requireNamed(Collection<String> fillable) {
		if (!this.populator.indexNames().isEmpty()) {
			return;
		}
		List<String> filled = fillable.stream().filter(this.populator::populates).toList();
		if (filled.size() > 1 && filled.size() == fillable.size()) {
			throw new PopulatorChoiceException(
					String.format(Locale.ROOT,
							"populator '%s' must declare which index it fills, because there are several: %s",
							this.bean, quoted(filled)),
					String.format(Locale.ROOT,
							"""
									Return the names of the indexes that it fills from the indexNames method of bean '%1$s', even if it \
									fills all of them; wrap a lambda with IndexPopulator.forIndex("%2$s", (index, progress) -> …).""",
							this.bean, filled.get(0)));
		}
		if (filled.isEmpty() && !fillable.isEmpty()) {
			logger.warn(String.format(Locale.ROOT,
					"Populator '%s' fills none of the indexes: %s; unless it is for an index that is added"
							+ " later, correct the name that its populates method expects",
					this.bean, quoted(fillable)));
		}
	}

	private static String quoted(Collection<String> names) {
		return names.isEmpty() ? "none" : "'" + String.join("', '", names) + "'";
	}

}
