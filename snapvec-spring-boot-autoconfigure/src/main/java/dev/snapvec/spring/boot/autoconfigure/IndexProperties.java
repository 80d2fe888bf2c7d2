package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.snapvec.Similarity;

/**
 * Properties of one index, or of all that do not set their own. What is null is not set.
 *
 * @since 0.1.0
 */
public class IndexProperties {

	/**
	 * Type of the index.
	 */
	private @Nullable IndexType type;

	/**
	 * Dimension of the vectors.
	 */
	private @Nullable Integer dimension;

	/**
	 * Bits per coordinate: 2, 3 or 4. Fewer bits take less memory and lower the recall.
	 */
	private @Nullable Integer bits;

	/**
	 * Whether to spend one bit on a sketch of the quantization error. Requires 3 or 4
	 * bits.
	 */
	private @Nullable Boolean useProd;

	/**
	 * Bits per coordinate in the first stage: 2, 3 or 4.
	 */
	private @Nullable Integer coarseBits;

	/**
	 * Bits per coordinate in the second stage: 2, 3 or 4.
	 */
	private @Nullable Integer residualBits;

	/**
	 * Number of subspaces, which is the number of codes per row. Must divide the
	 * dimension, or with rht the next power of two. The default is half the dimension if
	 * that is even.
	 */
	private @Nullable Integer subspaces;

	/**
	 * Centroids per subspace, 2 to 256. Up to 16, a code takes half a byte.
	 */
	private @Nullable Integer centroids;

	/**
	 * Whether to apply a random rotation before a vector is split into subspaces.
	 */
	private @Nullable Boolean rht;

	/**
	 * Whether to train a rotation that balances the subspaces (OPQ). Excludes rht.
	 */
	private @Nullable Boolean opq;

	/**
	 * Number of inverted lists. Twice the square root of the number of rows is a good
	 * choice.
	 */
	private @Nullable Integer nlist;

	/**
	 * Number of inverted lists to probe if a request does not set it, 1 to nlist. The
	 * default is a sixteenth of nlist.
	 */
	private @Nullable Integer nprobe;

	/**
	 * Whether to keep the vectors as float16 as well, for reranking.
	 */
	private @Nullable Boolean keepFullPrecision;

	/**
	 * Number of candidates to rerank if a request does not set it, 0 for none. The
	 * default is 100 with keep-full-precision, otherwise 0.
	 */
	private @Nullable Integer rerank;

	/**
	 * Seed of all random numbers, 0 to 4294967295.
	 */
	private @Nullable Long seed;

	/**
	 * Whether all vectors are unit vectors, which is then checked.
	 */
	private @Nullable Boolean normalized;

	/**
	 * Similarity that scores estimate.
	 */
	private @Nullable Similarity similarity;

	/**
	 * Whether to correct scores for the change that compression makes to a vector's norm.
	 */
	private @Nullable Boolean correctedScores;

	/**
	 * Name of the embedding model. It is saved with the index, and a snapshot of another
	 * model is rejected.
	 */
	private @Nullable String model;

	/**
	 * When populators fill an index that has nothing to restore.
	 */
	private @Nullable Populate populate;

	/**
	 * When to freeze the index.
	 */
	private @Nullable Freeze freeze;

	/**
	 * Maximum time to wait for another process to release the index directory.
	 */
	private @Nullable Duration lockTimeout;

	private final Restore restore = new Restore();

	private final Snapshot snapshot = new Snapshot();

	private final WriteAheadLog writeAheadLog = new WriteAheadLog();

	private final Reload reload = new Reload();

	private final Cache cache = new Cache();

	public @Nullable IndexType getType() {
		return this.type;
	}

	public void setType(@Nullable IndexType type) {
		this.type = type;
	}

	public @Nullable Integer getDimension() {
		return this.dimension;
	}

	public void setDimension(@Nullable Integer dimension) {
		this.dimension = dimension;
	}

	public @Nullable Integer getBits() {
		return this.bits;
	}

	public void setBits(@Nullable Integer bits) {
		this.bits = bits;
	}

	public @Nullable Boolean getUseProd() {
		return this.useProd;
	}

	public void setUseProd(@Nullable Boolean useProd) {
		this.useProd = useProd;
	}

	public @Nullable Integer getCoarseBits() {
		return this.coarseBits;
	}

	public void setCoarseBits(@Nullable Integer coarseBits) {
		this.coarseBits = coarseBits;
	}

	public @Nullable Integer getResidualBits() {
		return this.residualBits;
	}

	public void setResidualBits(@Nullable Integer residualBits) {
		this.residualBits = residualBits;
	}

	public @Nullable Integer getSubspaces() {
		return this.subspaces;
	}

	public void setSubspaces(@Nullable Integer subspaces) {
		this.subspaces = subspaces;
	}

	public @Nullable Integer getCentroids() {
		return this.centroids;
	}

	public void setCentroids(@Nullable Integer centroids) {
		this.centroids = centroids;
	}

	public @Nullable Boolean getRht() {
		return this.rht;
	}

	public void setRht(@Nullable Boolean rht) {
		this.rht = rht;
	}

	public @Nullable Boolean getOpq() {
		return this.opq;
	}

	public void setOpq(@Nullable Boolean opq) {
		this.opq = opq;
	}

	public @Nullable Integer getNlist() {
		return this.nlist;
	}

	public void setNlist(@Nullable Integer nlist) {
		this.nlist = nlist;
	}

	public @Nullable Integer getNprobe() {
		return this.nprobe;
	}

	public void setNprobe(@Nullable Integer nprobe) {
		this.nprobe = nprobe;
	}

	public @Nullable Boolean getKeepFullPrecision() {
		return this.keepFullPrecision;
	}

	public void setKeepFullPrecision(@Nullable Boolean keepFullPrecision) {
		this.keepFullPrecision = keepFullPrecision;
	}

	public @Nullable Integer getRerank() {
		return this.rerank;
	}

	public void setRerank(@Nullable Integer rerank) {
		this.rerank = rerank;
	}

	public @Nullable Long getSeed() {
		return this.seed;
	}

	public void setSeed(@Nullable Long seed) {
		this.seed = seed;
	}

	public @Nullable Boolean getNormalized() {
		return this.normalized;
	}

	public void setNormalized(@Nullable Boolean normalized) {
		this.normalized = normalized;
	}

	public @Nullable Similarity getSimilarity() {
		return this.similarity;
	}

	public void setSimilarity(@Nullable Similarity similarity) {
		this.similarity = similarity;
	}

	public @Nullable Boolean getCorrectedScores() {
		return this.correctedScores;
	}

	public void setCorrectedScores(@Nullable Boolean correctedScores) {
		this.correctedScores = correctedScores;
	}

	public @Nullable String getModel() {
		return this.model;
	}

	public void setModel(@Nullable String model) {
		this.model = model;
	}

	public @Nullable Populate getPopulate() {
		return this.populate;
	}

	public void setPopulate(@Nullable Populate populate) {
		this.populate = populate;
	}

	public @Nullable Freeze getFreeze() {
		return this.freeze;
	}

	public void setFreeze(@Nullable Freeze freeze) {
		this.freeze = freeze;
	}

	public @Nullable Duration getLockTimeout() {
		return this.lockTimeout;
	}

	public void setLockTimeout(@Nullable Duration lockTimeout) {
		this.lockTimeout = lockTimeout;
	}

	public Restore getRestore() {
		return this.restore;
	}

	public Snapshot getSnapshot() {
		return this.snapshot;
	}

	public WriteAheadLog getWriteAheadLog() {
		return this.writeAheadLog;
	}

	public Reload getReload() {
		return this.reload;
	}

	public Cache getCache() {
		return this.cache;
	}

	/**
	 * When an index is filled that was not restored.
	 */
	public enum Populate {

		/**
		 * When the application starts, before its web server.
		 */
		ON_START,

		/**
		 * When the web server answers, before the application is ready for traffic.
		 */
		BEFORE_READY

	}

	/**
	 * When an index ends writing.
	 */
	public enum Freeze {

		/**
		 * When the application is ready.
		 */
		ON_READY,

		/**
		 * When the application says so.
		 */
		MANUAL

	}

	/**
	 * What to do about a damaged snapshot.
	 */
	public enum OnFailure {

		/**
		 * Do not start.
		 */
		FAIL,

		/**
		 * Restore the newest snapshot that is sound, and do not start if none is.
		 */
		PREVIOUS,

		/**
		 * Start with an empty index, and keep the snapshots aside.
		 */
		EMPTY

	}

	/**
	 * When what changed is forced to disk, and so what a loss of power can take. Whatever
	 * is chosen, nothing is lost when the process ends.
	 */
	public enum Sync {

		/**
		 * Before a change returns. A loss of power takes nothing.
		 */
		ALWAYS,

		/**
		 * Again and again. A loss of power takes the changes of the last interval.
		 */
		INTERVAL,

		/**
		 * When the operating system chooses to. A loss of power takes the changes since
		 * the last snapshot, at most.
		 */
		NEVER

	}

	/**
	 * Properties of restoring an index from its newest snapshot.
	 */
	public static class Restore {

		/**
		 * What to do if the newest snapshot is damaged.
		 */
		private @Nullable OnFailure onFailure;

		public @Nullable OnFailure getOnFailure() {
			return this.onFailure;
		}

		public void setOnFailure(@Nullable OnFailure onFailure) {
			this.onFailure = onFailure;
		}

	}

	/**
	 * Properties of saving an index.
	 */
	public static class Snapshot {

		/**
		 * Whether to write snapshots. Without them the index is in memory only and no
		 * directory is used.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Interval at which to write a snapshot, if the index has changed.
		 */
		private @Nullable Duration interval;

		/**
		 * Cron expression of when to write a snapshot, if the index has changed. Excludes
		 * the interval.
		 */
		private @Nullable String cron;

		/**
		 * Maximum random delay of a snapshot, so that several applications do not write
		 * at the same moment.
		 */
		private @Nullable Duration jitter;

		/**
		 * Whether to write a final snapshot when the application stops.
		 */
		private @Nullable Boolean onShutdown;

		/**
		 * Number of snapshots to retain.
		 */
		private @Nullable Integer retain;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Duration getInterval() {
			return this.interval;
		}

		public void setInterval(@Nullable Duration interval) {
			this.interval = interval;
		}

		public @Nullable String getCron() {
			return this.cron;
		}

		public void setCron(@Nullable String cron) {
			this.cron = cron;
		}

		public @Nullable Duration getJitter() {
			return this.jitter;
		}

		public void setJitter(@Nullable Duration jitter) {
			this.jitter = jitter;
		}

		public @Nullable Boolean getOnShutdown() {
			return this.onShutdown;
		}

		public void setOnShutdown(@Nullable Boolean onShutdown) {
			this.onShutdown = onShutdown;
		}

		public @Nullable Integer getRetain() {
			return this.retain;
		}

		public void setRetain(@Nullable Integer retain) {
			this.retain = retain;
		}

	}

	/**
	 * Properties of recording every change of an index.
	 */
	public static class WriteAheadLog {

		/**
		 * Whether to write every mutation to a write-ahead log before it returns, so that
		 * it survives a crash.
		 */
		private @Nullable Boolean enabled;

		/**
		 * When the write-ahead log is forced to disk (fsync), which decides what a power
		 * loss can take.
		 */
		private @Nullable Sync sync;

		/**
		 * Interval at which the write-ahead log is forced to disk, if sync is interval.
		 */
		private @Nullable Duration interval;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Sync getSync() {
			return this.sync;
		}

		public void setSync(@Nullable Sync sync) {
			this.sync = sync;
		}

		public @Nullable Duration getInterval() {
			return this.interval;
		}

		public void setInterval(@Nullable Duration interval) {
			this.interval = interval;
		}

	}

	/**
	 * Properties of following the snapshots of another process.
	 */
	public static class Reload {

		/**
		 * Whether to follow the snapshots that another process writes instead of writing.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Interval at which to look for a newer snapshot.
		 */
		private @Nullable Duration interval;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Duration getInterval() {
			return this.interval;
		}

		public void setInterval(@Nullable Duration interval) {
			this.interval = interval;
		}

	}

	/**
	 * Properties of the cache of search results.
	 */
	public static class Cache {

		/**
		 * Whether to cache search results until the index changes. Requires Caffeine.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Maximum number of hits in the cache, over all results, plus the ids of their
		 * filters. A result without hits counts as one.
		 */
		private @Nullable Long maximumSize;

		/**
		 * Time after which a cached result expires.
		 */
		private @Nullable Duration expireAfterWrite;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Long getMaximumSize() {
			return this.maximumSize;
		}

		public void setMaximumSize(@Nullable Long maximumSize) {
			this.maximumSize = maximumSize;
		}

		public @Nullable Duration getExpireAfterWrite() {
			return this.expireAfterWrite;
		}

		public void setExpireAfterWrite(@Nullable Duration expireAfterWrite) {
			this.expireAfterWrite = expireAfterWrite;
		}

	}

}
