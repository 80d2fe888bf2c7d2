package dev.snapvec.sample;

import dev.snapvec.SafeIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Compares what was restored with what is wanted, before the index is frozen.
 */
@Component
class Startup implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Startup.class);

	private final SafeIndex index;

	private final Library library;

	private final SampleProperties properties;

	private final String directory;

	Startup(SafeIndex index, Library library, SampleProperties properties,
			@Value("${snapvec.directory}") String directory) {
		this.index = index;
		this.library = library;
		this.properties = properties;
		this.directory = directory;
	}

	@Override
	public void run(ApplicationArguments args) {
		int wanted = this.properties.corpusSize();
		int found = Integer.parseInt(this.index.attributes().getOrDefault(CorpusPopulator.CORPUS_SIZE, "0"));
		if (found != wanted) {
			logger.warn(
					"The restored index was made with sample.corpus-size={}, but it is {} now. It is used as it is; "
							+ "to rebuild it, stop the application, delete the directory {} and start again",
					found, wanted, this.directory);
		}
		int changes = this.library.catchUp();
		if (changes > 0) {
			logger.info("Repeated {} changes to documents that were made after the last snapshot", changes);
		}
	}

}
