package dev.snapvec.sample;

import java.nio.file.Path;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of the sample itself; the indexes are configured under {@code snapvec}.
 *
 * @param corpusSize number of WordNet senses to index; all if there are fewer
 * @param documents file in which the documents added over HTTP are stored
 */
@Validated
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("3000") @Min(1) int corpusSize,
		@DefaultValue("./data/documents.jsonl") Path documents) {
}
