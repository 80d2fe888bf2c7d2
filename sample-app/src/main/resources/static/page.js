"use strict";

const TYPING_PAUSE = 150;
const POLL_PAUSE = 2000;
const FILLING_PAUSE = 300;
const EXAMPLES = {
	wordnet: [
		"a small furry pet", "hot drink with caffeine", "striped African animal", "mountain that erupts lava",
		"where a king lives", "something to sit on"
	],
	documents: ["cannot log in", "my parcel did not come", "money back", "too loud at night"]
};
const SEEDS = [
	["password", "Forgotten password", "Choose 'reset' on the sign-in page; a mail with a link is sent, which holds for an hour."],
	["returns", "Returning goods", "Within 30 days you may send back what you do not like, and get the price refunded."],
	["delivery", "Late delivery", "If nothing has arrived after five working days, ask the carrier with the number in your mail."],
	["quiet", "Quiet hours", "From ten in the evening until six in the morning neighbours want to sleep; no drills, no trumpets."],
	["bicycle", "Bicycle cellar", "The key hangs in the entrance hall. Chain your bike, and carry it down rather than ride."],
	["plants", "Watering the plants", "Ferns get a cup every second day, cacti a spoon a month, the palm whatever is left."]
];

const byId = (id) => document.getElementById(id);
const form = byId("form");
const input = byId("q");
const add = byId("add");
const hitTemplate = byId("hit");

let running = null;
let timer = 0;
let figures = {};

const selected = () => form.elements.index.value;

/* Searching */

async function search() {
	clearTimeout(timer);
	running?.abort();
	const index = selected();
	const query = input.value.trim();
	const parameters = new URLSearchParams();
	if (index !== "wordnet") {
		parameters.set("index", index);
	}
	if (query) {
		parameters.set("q", query);
	}
	history.replaceState(null, "", parameters.size ? `?${parameters}` : location.pathname);
	const current = running = new AbortController();
	try {
		await (query ? answer(parameters, current.signal) : browse(index, current.signal));
	}
	catch (error) {
		if (error.name !== "AbortError") {
			show([], error.detail ?? "The server cannot be reached.", true);
		}
	}
}

async function answer(parameters, signal) {
	const body = await json(`search?${parameters}`, { signal });
	show(body.hits, `${count(body.hits.length, "hit")} · search ${milliseconds(body.milliseconds)} · `
		+ `embedding the query ${milliseconds(body.embeddingMilliseconds)}`);
	poll();
}

async function browse(index, signal) {
	if (index !== "documents") {
		show([], "");
		return;
	}
	const documents = await json("documents", { signal });
	show(documents, documents.length ? `${count(documents.length, "document")}, newest first`
		: "No documents yet. Add one of yours, or six examples.");
	if (!documents.length) {
		byId("adding").open = true;
	}
}

async function json(path, options) {
	const response = await fetch(path, options);
	const body = response.status === 204 ? null : await response.json();
	if (!response.ok) {
		throw Object.assign(new Error(body.title), { detail: body.detail ?? "The request failed." });
	}
	return body;
}

function show(found, message, bad = false) {
	say(message, bad);
	byId("hits").replaceChildren(...found.map(item));
}

function say(message, bad = false) {
	byId("status").textContent = message;
	byId("status").classList.toggle("bad", bad);
}

function item(hit) {
	const node = hitTemplate.content.cloneNode(true);
	node.querySelector("h3").textContent = hit.title;
	node.querySelector("p").textContent = hit.text;
	const score = node.querySelector(".score");
	const bar = node.querySelector(".bar");
	if (hit.score === undefined) {
		score.remove();
		bar.remove();
	}
	else {
		score.textContent = hit.score.toFixed(3);
		score.setAttribute("aria-label", `score ${hit.score.toFixed(3)}`);
		// the model's cosines of unrelated texts are near 0.5, so the bar begins there
		const share = Math.max(0, Math.min(1, (hit.score - 0.5) / 0.5));
		bar.firstElementChild.style.width = `${100 * share}%`;
	}
	const remove = node.querySelector(".delete");
	if (selected() === "documents") {
		remove.setAttribute("aria-label", `Delete ${hit.title}`);
		remove.addEventListener("click", () => change(async () => {
			await json(`documents/${encodeURIComponent(hit.id)}`, { method: "DELETE" });
			await search();
			byId("q").focus();
		}));
	}
	else {
		remove.remove();
	}
	return node;
}

/* Documents */

async function change(action) {
	try {
		await action();
		poll();
	}
	catch (error) {
		say(error.detail ?? "The server cannot be reached.", true);
	}
}

function post(document) {
	return json("documents", {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify(document)
	});
}

/* An example has a fixed id, so that it is not added twice. */
async function postExample(document) {
	try {
		await post(document);
	}
	catch (error) {
		if (error.message !== "Id exists") {
			throw error;
		}
	}
}

/* Live figures */

async function poll() {
	clearTimeout(poll.timer);
	let pause = POLL_PAUSE;
	if (!document.hidden) {
		try {
			const current = await json("indexes");
			figures = Object.fromEntries(current.indexes.map((index) => [index.name, index]));
			showFilling(current);
			showFigures();
			pause = current.ready ? POLL_PAUSE : FILLING_PAUSE;
		}
		catch {
			byId("live-type").textContent = "The server cannot be reached.";
		}
	}
	clearTimeout(poll.timer);
	poll.timer = setTimeout(poll, pause);
}

function showFilling({ ready, indexes }) {
	const section = byId("filling");
	if (section.hidden && !ready) {
		section.hidden = false;
	}
	else if (!section.hidden && ready) {
		section.hidden = true;
		search().then(() => input.value || say("All indexes are filled and saved."));
	}
	byId("fillings").replaceChildren(...(ready ? [] : indexes.map(fillingItem)));
}

function fillingItem(index) {
	const node = document.createElement("li");
	const label = document.createElement("label");
	const bar = document.createElement("progress");
	const filling = index.filling;
	bar.id = `filling-${index.name}`;
	label.htmlFor = bar.id;
	bar.max = filling?.total || 1;
	bar.value = filling?.done ?? (index.generation > 0 ? 1 : 0);
	label.textContent = index.name;
	const amount = document.createElement("span");
	amount.textContent = filling ? `${filling.phase} ${whole(filling.done)} of ${whole(filling.total)}`
		: index.generation > 0 ? "done" : "waiting";
	node.append(label, amount, bar);
	return node;
}

const state = (index) => index.filling ? "being filled" : index.frozen ? "frozen" : "live";

function showFigures() {
	for (const index of Object.values(figures)) {
		const about = byId(`about-${index.name}`);
		if (about) {
			about.textContent = `${count(index.rows, "entry", "entries")}, ${state(index)}`;
		}
	}
	const index = figures[selected()];
	if (!index) {
		return;
	}
	byId("live-of").textContent = index.name;
	byId("live-type").textContent = `${index.type}, ${state(index)}`;
	const rows = {
		"Rows": whole(index.rows),
		"Memory": `${whole(index.bytes / 1000)} kB`,
		"Search, median": micros(index.p50),
		"Search, 99 %": micros(index.p99),
		"Searches": whole(index.searches),
		"From the cache": index.searches ? `${whole(index.cacheHits)} · ${whole(100 * index.cacheHits / index.searches)} %` : "–",
		"Generation": whole(index.generation),
		"Last saved": age(index.snapshotAge)
	};
	byId("figures").replaceChildren(...Object.entries(rows).map(([name, value]) => {
		const group = document.createElement("div");
		const term = document.createElement("dt");
		const figure = document.createElement("dd");
		term.textContent = name;
		figure.textContent = value;
		group.append(term, figure);
		return group;
	}));
}

/* Words for numbers */

const whole = (value) => Math.round(value).toLocaleString("en");
const count = (number, one, many = `${one}s`) => `${whole(number)} ${number === 1 ? one : many}`;
const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
const micros = (value) => value === null ? "–" : value < 1000 ? `${whole(value)} µs` : milliseconds(value / 1000);

function age(seconds) {
	if (seconds === null) {
		return "not yet";
	}
	return seconds < 90 ? `${whole(seconds)} s ago` : seconds < 5400 ? `${whole(seconds / 60)} min ago`
		: `${whole(seconds / 3600)} h ago`;
}

/* The page */

function chooseIndex() {
	const documents = selected() === "documents";
	byId("adding").hidden = !documents;
	input.placeholder = EXAMPLES[selected()][0];
	byId("examples").replaceChildren(...EXAMPLES[selected()].map((example) => {
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = example;
		button.addEventListener("click", () => {
			input.value = example;
			search();
		});
		const node = document.createElement("li");
		node.append(button);
		return node;
	}));
	showFigures();
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	search();
});
input.addEventListener("input", () => {
	clearTimeout(timer);
	timer = setTimeout(search, TYPING_PAUSE);
});
byId("indexes").addEventListener("change", () => {
	chooseIndex();
	search();
});
add.addEventListener("submit", (event) => {
	event.preventDefault();
	change(async () => {
		await post({ title: byId("title").value, text: byId("text").value });
		add.reset();
		byId("title").focus();
		await search();
	});
});
byId("add-examples").addEventListener("click", () => change(async () => {
	await Promise.all(SEEDS.map(([id, title, text]) => postExample({ id: `example-${id}`, title, text })));
	await search();
}));
document.addEventListener("visibilitychange", () => document.hidden || poll());

const asked = new URLSearchParams(location.search);
input.value = asked.get("q") ?? "";
if (asked.get("index") === "documents") {
	form.elements.index.value = "documents";
}
chooseIndex();
search();
poll();
