package dev.snapvec.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A picture of recall against time: each result a circle, its area the memory that it
 * holds. Upper left is better.
 */
final class ParetoPlot {

	private static final int WIDTH = 1200;

	private static final int HEIGHT = 760;

	private static final double LARGEST_RADIUS = 26;

	private static final int STEPS = 10;

	private static final int MOST_TICKS = 60;

	private static final String STYLE = "text{font:12px system-ui,sans-serif;fill:#24292f;"
			+ "paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
			+ ".grid{stroke:#d8dee4}.lead{stroke:#8c959f;stroke-width:.7}circle{fill-opacity:.45;stroke-width:1.2}";

	private final List<Result> results;

	private final Axis time;

	private final Axis recall;

	private final double mostMegabytes;

	private final StringBuilder svg = new StringBuilder();

	private ParetoPlot(List<Result> results) {
		this.results = results.stream().sorted(Comparator.comparingDouble(Result::heldMegabytes).reversed()).toList();
		double fastest = results.stream().mapToDouble((result) -> result.timing().p50Micros()).min().orElse(1);
		double slowest = results.stream().mapToDouble((result) -> result.timing().p50Micros()).max().orElse(10);
		double lowest = results.stream().mapToDouble((result) -> result.timing().recall()).min().orElse(0);
		this.time = new Axis(Math.log10(fastest / 1.5), Math.log10(slowest * 2.5), 70, WIDTH - 30);
		this.recall = new Axis(Math.max(0, Math.floor(lowest * STEPS - 0.2) / STEPS), 1.05, HEIGHT - 60, 60);
		this.mostMegabytes = results.stream().mapToDouble(Result::heldMegabytes).max().orElse(1);
	}

	static String of(List<Result> results) {
		return new ParetoPlot(results).draw();
	}

	private String draw() {
		add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
		add("<title>Recall and time of a search</title><style>%s</style>", STYLE);
		add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
		drawTimes();
		drawRecalls();
		Labels labels = new Labels(72, WIDTH, 50);
		List<Labels.Circle> circles = new ArrayList<>();
		for (Result result : this.results) {
			Labels.Circle circle = circle(result);
			circles.add(circle);
			String color = Family.of(result.name()).color();
			add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>", circle.x(), circle.y(),
					circle.radius(), color, color);
		}
		labels.place(this.results.stream().map(Result::name).toList(), circles).forEach(this::drawLabel);
		drawLegend();
		return add("</svg>").toString();
	}

	private Labels.Circle circle(Result result) {
		return new Labels.Circle(this.time.at(Math.log10(result.timing().p50Micros())),
				this.recall.at(result.timing().recall()), radius(result.heldMegabytes()));
	}

	private double radius(double megabytes) {
		return Math.max(2.5, LARGEST_RADIUS * Math.sqrt(megabytes / this.mostMegabytes));
	}

	private void drawTimes() {
		for (int decade = -1; decade < MOST_TICKS; decade++) {
			for (int factor : new int[] { 1, 2, 5 }) {
				double micros = factor * Math.pow(10, decade);
				if (!this.time.contains(Math.log10(micros))) {
					continue;
				}
				double x = this.time.at(Math.log10(micros));
				add("<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"60\" y2=\"%2$d\"/>", x, HEIGHT - 60);
				add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, HEIGHT - 42, Axis.micros(micros));
			}
		}
		add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">median time of a search, one thread</text>", WIDTH / 2,
				HEIGHT - 18);
	}

	private void drawRecalls() {
		for (int step = 0; step <= 2 * STEPS; step++) {
			double recall = step / (2.0 * STEPS);
			if (this.recall.contains(recall)) {
				double y = this.recall.at(recall);
				add("<line class=\"grid\" x1=\"70\" x2=\"%2$d\" y1=\"%1$.1f\" y2=\"%1$.1f\"/>", y, WIDTH - 30);
				add("<text x=\"62\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>", y + 4, recall);
			}
		}
		add("<text x=\"70\" y=\"24\">recall@%d</text>", Workload.TOP_K);
	}

	private void drawLabel(Labels.Label label) {
		if (label.far()) {
			add("<line class=\"lead\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", label.circle().x(),
					label.circle().y(), label.nearestX(), label.y() - 4);
		}
		add("<text x=\"%.1f\" y=\"%.1f\" style=\"fill:%s\">%s</text>", label.x(), label.y(),
				Family.of(label.text()).color(), label.text());
	}

	private void drawLegend() {
		double x = 180;
		for (Family family : Family.values()) {
			if (this.results.stream().anyMatch((result) -> Family.of(result.name()) == family)) {
				add("<circle cx=\"%.1f\" cy=\"20\" r=\"6\" fill=\"%2$s\" stroke=\"%2$s\"/>", x, family.color());
				add("<text x=\"%.1f\" y=\"24\">%s</text>", x + 11, family.title());
				x += 30 + 7 * family.title().length();
			}
		}
		double megabytes = this.mostMegabytes / 4;
		add("<circle cx=\"%.1f\" cy=\"22\" r=\"%.1f\" fill=\"none\" stroke=\"#57606a\"/>", x + 20, radius(megabytes));
		add("<text x=\"%.1f\" y=\"26\">%.0f MB in memory</text>", x + 40, megabytes);
	}

	private StringBuilder add(String format, Object... values) {
		return this.svg.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

}
