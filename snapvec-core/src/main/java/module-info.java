/**
 * Embedded, compressed vector indexes in plain Java.
 */
module dev.snapvec {

	requires static transitive org.jspecify;
	requires static org.apache.lucene.core;

	exports dev.snapvec;
	exports dev.snapvec.documents;
	exports dev.snapvec.store;

}
