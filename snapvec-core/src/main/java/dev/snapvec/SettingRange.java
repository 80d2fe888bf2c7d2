package dev.snapvec;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The range of a numeric setting.
 *
 * @param setting its name
 * @param least the lowest value
 * @param most the highest value; {@link Long#MAX_VALUE} for no limit
 */
record SettingRange(String setting, long least, long most) {

	/** Ranges of up to this many values are listed value by value. */
	private static final int LISTED = 3;

	static SettingRange atLeast(String setting, long least) {
		return new SettingRange(setting, least, Long.MAX_VALUE);
	}

	/**
	 * @return the value
	 * @throws InvalidSpecException if it is not in the range
	 */
	int require(int value) {
		require((long) value);
		return value;
	}

	/**
	 * @return the value
	 * @throws InvalidSpecException if it is not in the range
	 */
	long require(long value) {
		if (value < this.least || value > this.most) {
			throw new InvalidSpecException(this.setting, "%s must be %s, but was %d", this.setting, expected(), value);
		}
		return value;
	}

	private String expected() {
		if (this.most == Long.MAX_VALUE) {
			return "at least " + this.least;
		}
		if (this.most - this.least >= LISTED) {
			return this.least + " to " + this.most;
		}
		String listed = LongStream.rangeClosed(this.least, this.most)
			.mapToObj(Long::toString)
			.collect(Collectors.joining(", "));
		int last = listed.lastIndexOf(", ");
		return (last < 0) ? listed : listed.substring(0, last) + " or " + listed.substring(last + 2);
	}

}
