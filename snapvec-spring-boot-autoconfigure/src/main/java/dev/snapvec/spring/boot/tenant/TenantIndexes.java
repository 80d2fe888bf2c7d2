package dev.snapvec.spring.boot.tenant;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.index.Attempt;
import dev.snapvec.spring.boot.index.Notices;
import dev.snapvec.spring.boot.index.PersistentIndex;
import dev.snapvec.spring.boot.index.StoredIndex;

/**
 * The indexes of tenants. A cache decides which of them stay open.
 * <p>
 * The map contains every open tenant, once. A tenant that the cache evicts is put in a
 * queue; the next thread that ends using a tenant, or the schedule, closes the queued
 * ones one by one, outside the locks of the cache. So an eviction can be late, and its
 * tenant in use again by then; such a tenant is closed when it is not in use, which costs
 * a restore and loses nothing. Conversely, every use puts the tenant back into the cache,
 * so none stays open for ever.
 * <p>
 * Internal: not for applications.
 */
public final class TenantIndexes implements SnapvecTenants {

	/** Prefix of a directory that is being deleted; no tenant can have such a name. */
	private static final String DELETED = ".deleted-";

	private final TenantDefinition definition;

	private final Opener opener;

	private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();

	private final Queue<Tenant> evicted = new ConcurrentLinkedQueue<>();

	private final Cache<String, Tenant> recent;

	private final List<Consumer<SafeIndex>> handlers = new CopyOnWriteArrayList<>();

	private final AtomicLong opened = new AtomicLong();

	private final AtomicLong closed = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private volatile boolean running;

	/**
	 * Opens the index of a tenant, restored or filled.
	 */
	interface Opener {

		PersistentIndex open(IndexDefinition definition, Iterable<Consumer<SafeIndex>> handlers, Notices notices);

	}

	/** Creates the indexes, and opens none. */
	TenantIndexes(TenantDefinition definition, Opener opener) {
		this.definition = definition;
		this.opener = opener;
		Caffeine<Object, Object> cache = Caffeine.newBuilder()
			.maximumSize(definition.maximumOpen())
			.executor(Runnable::run);
		Duration expiry = definition.expireAfterAccess();
		if (expiry != null) {
			cache.expireAfterAccess(expiry);
		}
		this.recent = cache.removalListener(this::evicted).build();
	}

	private void evicted(@Nullable String name, @Nullable Tenant tenant, RemovalCause cause) {
		if (cause.wasEvicted() && tenant != null) {
			this.evicted.add(tenant);
		}
	}

	@Override
	public String name() {
		return this.definition.template().name();
	}

	@Override
	public <T extends @Nullable Object> T call(String tenant, Function<SafeIndex, T> action) {
		while (true) {
			Tenant entered = this.tenants.computeIfAbsent(tenant, this::create);
			PersistentIndex index = entered.enter((notices) -> open(entered.definition(), notices),
					() -> forget(entered));
			if (index != null) {
				try {
					touch(entered);
					return action.apply(index.index());
				}
				finally {
					entered.leave(() -> closed(entered));
					closeEvicted();
				}
			}
		}
	}

	private Tenant create(String name) {
		return new Tenant(name, this.definition.of(name));
	}

	private void requireRunning(IndexDefinition definition) {
		if (!this.running) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be used while the application is stopped", definition.name()));
		}
	}

	private PersistentIndex open(IndexDefinition definition, Notices notices) {
		requireRunning(definition);
		PersistentIndex index = Attempt.orUndo(() -> this.opener.open(definition, this.handlers, notices),
				this.failed::incrementAndGet);
		this.opened.incrementAndGet();
		return index;
	}

	private void touch(Tenant tenant) {
		if (this.recent.getIfPresent(tenant.name()) != tenant) {
			this.recent.put(tenant.name(), tenant);
		}
	}

	private void closed(Tenant tenant) {
		this.closed.incrementAndGet();
		forget(tenant);
	}

	private void forget(Tenant tenant) {
		this.tenants.remove(tenant.name(), tenant);
		this.recent.asMap().remove(tenant.name(), tenant);
	}

	private void closeEvicted() {
		for (Tenant tenant = this.evicted.poll(); tenant != null; tenant = this.evicted.poll()) {
			Tenant closing = tenant;
			closing.evict(() -> closed(closing));
		}
	}

	@Override
	public boolean exists(String tenant) {
		IndexDefinition definition = this.definition.of(tenant);
		if (!definition.isInMemory()) {
			return Files.isDirectory(definition.directory());
		}
		Tenant used = this.tenants.get(tenant);
		return used != null && used.index() != null;
	}

	@Override
	public Stats stats() {
		int open = 0;
		int unsaved = 0;
		for (Tenant tenant : this.tenants.values()) {
			PersistentIndex index = tenant.index();
			open += (index != null) ? 1 : 0;
			unsaved += (index != null && index.isFailing()) ? 1 : 0;
		}
		return new Stats(open, unsaved, this.opened.get(), this.closed.get(), this.failed.get());
	}

	@Override
	public boolean delete(String tenant) {
		while (true) {
			Tenant deleting = this.tenants.computeIfAbsent(tenant, this::create);
			AtomicBoolean deleted = new AtomicBoolean();
			if (deleting.end(() -> deleted.set(delete(deleting)), () -> closed(deleting), () -> forget(deleting))) {
				return deleted.get();
			}
		}
	}

	private boolean delete(Tenant tenant) {
		IndexDefinition definition = tenant.definition();
		requireRunning(definition);
		if (definition.isInMemory()) {
			return tenant.index() != null;
		}
		if (!Files.isDirectory(definition.directory())) {
			return false;
		}
		definition.openStore().close(); // so no other writer owns it
		Path directory = definition.directory();
		try {
			// atomically, as part of the files could be restored as if it were complete
			Path deleted = Files.createTempDirectory(this.definition.template().directory(), DELETED);
			Files.move(directory, deleted.resolve(directory.getFileName()), StandardCopyOption.ATOMIC_MOVE);
			FileSystemUtils.deleteRecursively(deleted.toFile());
			return true;
		}
		catch (IOException ex) {
			throw new IndexIoException(directory, "delete", ex);
		}
	}

	/** Those whose last snapshot is still to be written. */
	public List<StoredIndex> unsaved() {
		List<StoredIndex> unsaved = new ArrayList<>();
		for (Tenant tenant : this.tenants.values()) {
			PersistentIndex index = tenant.index();
			if (index != null && index.isUnsaved()) {
				unsaved.add(index);
			}
		}
		return unsaved;
	}

	@Override
	public void addOpenHandler(Consumer<SafeIndex> handler) {
		this.handlers.add(handler);
	}

	/** When {@link #update} is called, or null for never. */
	public @Nullable Trigger trigger() {
		IndexDefinition template = this.definition.template();
		return template.writesSnapshots() ? template.snapshotTrigger() : null;
	}

	/** Saves all that have changed, and closes those that have expired. */
	public void update() {
		this.tenants.values().forEach((tenant) -> tenant.update(() -> closed(tenant)));
		this.recent.cleanUp();
		closeEvicted();
	}

	public void start() {
		if (this.definition.template().isInMemory()) {
			this.tenants.values().forEach(Tenant::resume);
		}
		else {
			sweep();
		}
		this.running = true;
	}

	private void sweep() {
		File[] left = this.definition.template().directory().toFile().listFiles(TenantIndexes::isDeleted);
		for (File directory : (left != null) ? left : new File[0]) {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static boolean isDeleted(File file) {
		return file.getName().startsWith(DELETED);
	}

	/**
	 * Closes all. A later use is rejected: it finds that this is not running, or it came
	 * before and is closed here.
	 */
	public void stop(boolean save) {
		this.running = false;
		this.tenants.values().forEach((tenant) -> tenant.stop(save, () -> closed(tenant)));
	}

}
