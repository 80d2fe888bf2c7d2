package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Path;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.TestVectors;

/**
 * Another process that has a store open. It says so, then waits to be killed, or saves
 * snapshots until then, each of as many rows as its number times ten.
 */
final class StoreProcess {

	private StoreProcess() {
	}

	public static void main(String[] arguments) throws IOException {
		IndexStore store = IndexStore.open(Path.of(arguments[0]), 3);
		SafeIndex index = new SafeIndex("child", SnapIndex.builder(64).build());
		System.out.println("open");
		if (arguments[1].equals("wait")) {
			System.in.read();
			store.close();
			return;
		}
		long number = store.snapshots().isEmpty() ? 0 : store.snapshots().get(0).number();
		for (long next = 1;; next++) {
			index.addAll(TestVectors.ids("n" + next, 10), TestVectors.random(next, 10, 64));
			if (next > number) {
				store.save(index);
				System.out.println(next);
			}
		}
	}

}
