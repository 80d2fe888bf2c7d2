"use strict";

const EXAMPLES = [
	"a small furry pet", "hot drink with caffeine", "striped African animal", "mountain that erupts lava",
	"where a king lives", "something to sit on"
];
const TYPING_PAUSE = 150;

const form = document.getElementById("form");
const input = document.getElementById("q");
const status = document.getElementById("status");
const hits = document.getElementById("hits");
const template = document.getElementById("hit");

let running = null;
let timer = 0;

async function search() {
	clearTimeout(timer);
	running?.abort();
	const query = input.value.trim();
	history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
	if (!query) {
		show([], "");
		return;
	}
	const current = running = new AbortController();
	try {
		const response = await fetch(`search?${new URLSearchParams({ q: query })}`, { signal: current.signal });
		const body = await response.json();
		if (!response.ok) {
			show([], body.detail ?? "The search failed.", true);
			return;
		}
		show(body.hits, `${body.hits.length} answers · search ${milliseconds(body.milliseconds)} · `
			+ `embedding the query ${milliseconds(body.embeddingMilliseconds)}`);
	}
	catch (error) {
		if (error.name !== "AbortError") {
			show([], "The server cannot be reached.", true);
		}
	}
}

function milliseconds(value) {
	return `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
}

function show(found, message, bad = false) {
	status.textContent = message;
	status.classList.toggle("bad", bad);
	hits.replaceChildren(...found.map(item));
}

function item(hit) {
	const node = template.content.cloneNode(true);
	node.querySelector("h2").textContent = hit.word;
	node.querySelector("p").textContent = hit.gloss;
	const score = node.querySelector(".score");
	score.textContent = hit.score.toFixed(3);
	score.setAttribute("aria-label", `score ${hit.score.toFixed(3)}`);
	// the model's cosines of unrelated texts are near 0.5, so the bar begins there
	const share = Math.max(0, Math.min(1, (hit.score - 0.5) / 0.5));
	node.querySelector(".bar div").style.width = `${100 * share}%`;
	return node;
}

async function describeIndex() {
	const response = await fetch("actuator/snapvec");
	if (!response.ok) {
		return;
	}
	const index = (await response.json()).indexes?.wordnet;
	if (index) {
		document.getElementById("index").textContent = `${index.rows.toLocaleString("en")} entries of English WordNet `
			+ `in a snapvec index · ${index.frozen ? "frozen, search only" : "open, documents can be added"}`;
	}
}

for (const example of EXAMPLES) {
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = example;
	button.addEventListener("click", () => {
		input.value = example;
		search();
	});
	const item = document.createElement("li");
	item.append(button);
	document.getElementById("examples").append(item);
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	search();
});
input.addEventListener("input", () => {
	clearTimeout(timer);
	timer = setTimeout(search, TYPING_PAUSE);
});

input.value = new URLSearchParams(location.search).get("q") ?? "";
search();
describeIndex().catch(() => {});
