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
 * Which of the indexes there are one populator fills. Rows of one index must not end up
 * in another because nobody said where they belong.
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
	 * Refuses a populator that names what there is not, or fills several indexes without
	 * naming them.
	 * @param all the names of all indexes
	 * @param fillable those of them that are filled here
	 */
	void require(Collection<String> all, Collection<String> fillable) {
		Set<String> unknown = new TreeSet<>(names());
		unknown.removeAll(all);
		if (!unknown.isEmpty()) {
			throw new PopulatorChoiceException(
					String.format(Locale.ROOT, "populator '%s' fills '%s', and there is no such index; there are %s",
							this.bean, String.join("', '", unknown), quoted(all)),
					String.format(Locale.ROOT,
							"Have bean '%s' name one of those, or configure the index under %s. One that is added"
									+ " while the application runs is filled by a populator whose populates method"
									+ " decides.",
							this.bean, PropertyKeys.INDEXES));
		}
		requireNamed(fillable);
	}

	@SuppressWarnings("NullAway") // the application's code may return anything
	private Set<String> names() {
		Set<String> names = this.populator.indexNames();
		if (names == null) {
			throw new PopulatorChoiceException(
					String.format(Locale.ROOT, "populator '%s' returns null for the names of what it fills", this.bean),
					String.format(Locale.ROOT, "Have the indexNames method of bean '%s' return them, or an empty set.",
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
							"populator '%s' does not say which index it fills, and there are several: %s", this.bean,
							quoted(filled)),
					String.format(Locale.ROOT,
							"""
									Have the indexNames method of bean '%1$s' name what it fills, even if that is all of them; a \
									lambda is for one index by IndexPopulator.forIndex("%2$s", (index, progress) -> …).""",
							this.bean, filled.get(0)));
		}
		if (filled.isEmpty() && !fillable.isEmpty()) {
			logger.warn(String.format(Locale.ROOT,
					"Populator '%s' fills none of the indexes that there are: %s; unless it is for one that is added"
							+ " later, correct what its populates method expects",
					this.bean, quoted(fillable)));
		}
	}

	private static String quoted(Collection<String> names) {
		return names.isEmpty() ? "none" : "'" + String.join("', '", names) + "'";
	}

}
