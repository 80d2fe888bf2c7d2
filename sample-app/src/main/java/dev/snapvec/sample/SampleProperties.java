package dev.snapvec.sample;

import java.nio.file.Path;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the sample itself can be told; the index is configured under {@code snapvec}.
 *
 * @param corpusSize how many of WordNet's senses to index, as many as there are at most
 * @param documents file that keeps the documents added over HTTP
 */
@Validated
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("3000") @Min(1) int corpusSize,
		@DefaultValue("./data/documents.jsonl") Path documents) {
}
