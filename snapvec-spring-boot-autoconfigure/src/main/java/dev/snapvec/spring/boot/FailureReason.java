package dev.snapvec.spring.boot;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.StoreLockedException;
import dev.snapvec.UnsupportedVersionException;

/**
 * Describes a failure without revealing file system paths: files are named without their
 * directory.
 */
final class FailureReason {

	/**
	 * Anything else that looks like an absolute path; the group is all but its last part.
	 */
	private static final Pattern PATH = Pattern
		.compile("(?<![\\w.:/\\\\-])((?:[A-Za-z]:)?[/\\\\](?:[^/\\\\\\s'\"]+[/\\\\])*)" + "(?=[^/\\\\\\s'\"])");

	private final Set<Path> paths = new LinkedHashSet<>();

	private FailureReason() {
	}

	/**
	 * Describes a failure.
	 * @param failure the failure
	 * @param directory the directory of the index, relative or absolute
	 */
	static String of(Throwable failure, Path directory) {
		FailureReason reason = new FailureReason();
		reason.add(directory);
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			reason.addPathsOf(cause);
		}
		String message = failure.getMessage();
		return reason.withoutDirectories((message != null) ? message : failure.getClass().getSimpleName());
	}

	private void addPathsOf(Throwable failure) {
		if (failure instanceof IndexIoException known) {
			add(known.path());
		}
		else if (failure instanceof CorruptIndexException known) {
			add(known.path());
		}
		else if (failure instanceof UnsupportedVersionException known) {
			add(known.path());
		}
		else if (failure instanceof StoreLockedException known) {
			add(known.directory());
		}
		else if (failure instanceof FileSystemException known) {
			add(known.getFile());
			add(known.getOtherFile());
		}
	}

	private void add(@Nullable String path) {
		try {
			if (path != null) {
				add(Path.of(path));
			}
		}
		catch (InvalidPathException ex) {
			// not a path, so the message does not contain it as one
		}
	}

	/** Adds a path in every form that a message may contain, each with its parent. */
	private void add(@Nullable Path path) {
		if (path == null) {
			return;
		}
		for (Path form : new Path[] { path, path.toAbsolutePath(), path.toAbsolutePath().normalize(), real(path) }) {
			this.paths.add(form);
			if (form.getParent() != null && form.getParent().getNameCount() > 0) {
				this.paths.add(form.getParent());
			}
		}
	}

	/** Resolves symbolic links, as far as the path exists. */
	private static Path real(Path path) {
		Path absolute = path.toAbsolutePath().normalize();
		try {
			return absolute.toRealPath();
		}
		catch (IOException ex) {
			Path parent = absolute.getParent();
			Path name = absolute.getFileName();
			return (parent != null && name != null) ? real(parent).resolve(name) : absolute;
		}
	}

	private String withoutDirectories(String message) {
		String shortened = message;
		for (Path path : this.paths.stream()
			.sorted(Comparator.comparingInt(FailureReason::length).reversed())
			.toList()) {
			Path name = path.getFileName();
			if (name != null && path.getNameCount() + (path.isAbsolute() ? 1 : 0) > 1) {
				shortened = shortened.replace(path + File.separator, "").replace(path.toString(), name.toString());
			}
		}
		return PATH.matcher(shortened).replaceAll(Matcher.quoteReplacement(""));
	}

	private static int length(Path path) {
		return path.toString().length();
	}

}
