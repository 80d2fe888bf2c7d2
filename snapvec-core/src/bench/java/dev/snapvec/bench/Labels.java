package dev.snapvec.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts names beside circles so that they cover neither each other nor, where there is
 * room, a circle.
 */
final class Labels {

	private static final double CHARACTER = 6.6;

	private static final double HEIGHT = 14;

	private static final double GAP = 4;

	private static final int DIRECTIONS = 16;

	private static final int RINGS = 8;

	private static final double COVER = 300;

	private static final double OVERLAP = 10_000;

	private static final double OUTSIDE = 20_000;

	private final double left;

	private final double right;

	private final double top;

	private final List<Label> placed = new ArrayList<>();

	Labels(double left, double right, double top) {
		this.left = left;
		this.right = right;
		this.top = top;
	}

	List<Label> place(List<String> names, List<Circle> circles) {
		for (int i = 0; i < names.size(); i++) {
			this.placed.add(best(names.get(i), circles.get(i), circles));
		}
		return this.placed;
	}

	private Label best(String name, Circle circle, List<Circle> circles) {
		return candidates(name, circle).stream()
			.min(Comparator.comparingDouble((label) -> cost(label, circles)))
			.orElseThrow();
	}

	private static List<Label> candidates(String name, Circle circle) {
		List<Label> candidates = new ArrayList<>();
		double length = CHARACTER * name.length();
		for (int ring = 0; ring < RINGS; ring++) {
			double distance = circle.radius() + GAP + ring * HEIGHT;
			for (int i = 0; i < DIRECTIONS; i++) {
				double angle = 2 * Math.PI * i / DIRECTIONS;
				double x = circle.x() + distance * Math.cos(angle) + (Math.cos(angle) - 1) / 2 * length;
				double y = circle.y() + (distance + HEIGHT / 2) * Math.sin(angle) + GAP;
				candidates.add(new Label(name, x, y, length, circle, ring > 0));
			}
		}
		return candidates;
	}

	private double cost(Label label, List<Circle> circles) {
		double cost = Math.hypot(label.x() + label.length() / 2 - label.circle().x(),
				3 * (label.y() - label.circle().y()));
		for (Label other : this.placed) {
			cost += label.overlaps(other) ? OVERLAP : 0;
		}
		for (Circle circle : circles) {
			cost += (circle != label.circle() && label.covers(circle)) ? COVER : 0;
		}
		return isInside(label) ? cost : cost + OUTSIDE;
	}

	private boolean isInside(Label label) {
		return label.x() > this.left && label.x() + label.length() < this.right && label.y() > this.top;
	}

	/**
	 * A circle of the picture.
	 *
	 * @param x its middle
	 * @param y its middle
	 * @param radius its radius
	 */
	record Circle(double x, double y, double radius) {
	}

	/**
	 * A name and where it starts.
	 *
	 * @param text the name
	 * @param x its left end
	 * @param y its base line
	 * @param length how long it is
	 * @param circle what it names
	 * @param far whether a line must lead to it
	 */
	record Label(String text, double x, double y, double length, Circle circle, boolean far) {

		double nearestX() {
			return Math.max(this.x, Math.min(this.circle.x(), this.x + this.length));
		}

		private boolean overlaps(Label other) {
			return this.x < other.x + other.length + GAP && other.x < this.x + this.length + GAP
					&& Math.abs(this.y - other.y) < HEIGHT;
		}

		private boolean covers(Circle other) {
			double middle = this.y - GAP;
			double nearest = Math.max(this.x, Math.min(other.x(), this.x + this.length));
			return Math.hypot(nearest - other.x(), middle - other.y()) < other.radius() + HEIGHT / 3;
		}

	}

}
