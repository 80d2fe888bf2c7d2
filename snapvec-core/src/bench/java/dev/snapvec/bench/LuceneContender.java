package dev.snapvec.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's graph over float vectors, in one segment of mapped files.
 */
final class LuceneContender implements Contender {

	private static final int M = 32;

	private static final int BEAM_WIDTH = 200;

	private static final double BUFFER_MEGABYTES = 1024;

	private static final String VECTOR = "vector";

	private static final String ROW = "row";

	private @Nullable Directory directory;

	private @Nullable DirectoryReader reader;

	private double loadMillis;

	@Override
	public String name() {
		return "lucene-hnsw";
	}

	@Override
	public void build(Workload workload, Path path) throws IOException {
		Directory directory = new MMapDirectory(path.resolve("lucene"));
		this.directory = directory;
		try (IndexWriter writer = new IndexWriter(directory, writerConfig())) {
			for (int row = 0; row < workload.base().length; row++) {
				Document document = new Document();
				document
					.add(new KnnFloatVectorField(VECTOR, workload.base()[row], VectorSimilarityFunction.DOT_PRODUCT));
				document.add(new NumericDocValuesField(ROW, row));
				writer.addDocument(document);
			}
			writer.forceMerge(1);
		}
		long start = System.nanoTime();
		this.reader = DirectoryReader.open(directory);
		this.loadMillis = Clock.secondsSince(start) * 1000;
	}

	private static IndexWriterConfig writerConfig() {
		KnnVectorsFormat format = new Lucene99HnswVectorsFormat(M, BEAM_WIDTH);
		return new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MEGABYTES)
			.setUseCompoundFile(false)
			.setCodec(new Lucene104Codec() {

				@Override
				public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
					return format;
				}

			});
	}

	@Override
	public List<Variant> variants() {
		DirectoryReader reader = this.reader;
		if (reader == null) {
			throw new IllegalStateException("not built");
		}
		IndexSearcher searcher = new IndexSearcher(reader);
		searcher.setQueryCache(null);
		return Stream.of(10, 50, 100)
			.map((ef) -> new Variant("lucene-hnsw-ef" + ef, (query) -> search(searcher, query, ef)))
			.toList();
	}

	private static int[] search(IndexSearcher searcher, float[] query, int ef) throws IOException {
		ScoreDoc[] found = searcher.search(new KnnFloatVectorQuery(VECTOR, query, ef), Workload.TOP_K).scoreDocs;
		LeafReader segment = searcher.getIndexReader().leaves().get(0).reader();
		int[] rows = new int[found.length];
		for (int i = 0; i < rows.length; i++) {
			NumericDocValues values = segment.getNumericDocValues(ROW);
			if (!values.advanceExact(found[i].doc)) {
				throw new IOException(String.format(Locale.ROOT, "document %d has no row", found[i].doc));
			}
			rows[i] = (int) values.longValue();
		}
		return rows;
	}

	@Override
	public long mappedBytes() {
		try {
			return fileBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private long fileBytes() throws IOException {
		Directory directory = this.directory;
		long bytes = 0;
		for (String file : (directory != null) ? directory.listAll() : new String[0]) {
			bytes += directory.fileLength(file);
		}
		return bytes;
	}

	@Override
	public Stored store(Path path) throws IOException {
		return new Stored(fileBytes(), this.loadMillis);
	}

	@Override
	public void close() throws IOException {
		if (this.reader != null) {
			this.reader.close();
		}
		if (this.directory != null) {
			this.directory.close();
		}
	}

}
