package dev.snapvec.sample;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Compares the restored indexes with the configuration and repeats missing changes,
 * before indexes are frozen.
 */
@Component
class Startup implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Startup.class);

	private final SafeIndex wordnet;

	private final DocumentIndex documents;

	private final SampleProperties properties;

	private final String directory;

	Startup(@Qualifier(Indexes.WORDNET) SafeIndex wordnet, DocumentIndex documents, SampleProperties properties,
			@Value("${snapvec.directory}") String directory) {
		this.wordnet = wordnet;
		this.documents = documents;
		this.properties = properties;
		this.directory = directory;
	}

	@Override
	public void run(ApplicationArguments args) {
		int wanted = this.properties.corpusSize();
		int found = Integer.parseInt(this.wordnet.attributes().getOrDefault(WordNetPopulator.CORPUS_SIZE, "0"));
		if (found != wanted) {
			logger.warn(
					"The restored index of WordNet was made with sample.corpus-size={}, but it is {} now. The index is used unchanged; "
							+ "to rebuild it, stop the application, delete the directory {}/{} and start again",
					found, wanted, this.directory, this.wordnet.name());
		}
		int changes = this.documents.catchUp(ProgressListener.NONE);
		if (changes > 0) {
			logger.info("Repeated {} changes to documents that were made after the last snapshot", changes);
		}
	}

}
