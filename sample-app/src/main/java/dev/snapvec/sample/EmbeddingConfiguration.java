package dev.snapvec.sample;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The model that turns texts into vectors; it runs in this process.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddingConfiguration {

	@Bean
	EmbeddingModel embeddingModel() {
		// the model's tokenizer would otherwise report its use to its makers
		System.setProperty("OPT_OUT_TRACKING", "true");
		return new BgeSmallEnV15QuantizedEmbeddingModel();
	}

}
