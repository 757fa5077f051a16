// The page: one setting, shown everywhere.

/** So many rows are shown at first where the window is narrow. */
const FEW = 20;

/** Everything on the page, and the setting that it shows. */
class Page {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    this.figures = new Figures(data);
    this.first = settingOf(data, 0);
    this.then = this.ranking(this.first);
    /** @type {Ranking | null} */
    this.now = this.then;
    this.setting = settingOf(data, 0);
    /** @type {string[]} */
    this.doubts = [];
    const weigh = (/** @type {string} */ id, /** @type {number} */ percent) =>
      this.change((setting) => this.now && stateWeight(data, setting, this.now, id, percent));
    const ask = (/** @type {string} */ id) => this.change((setting) => void (setting.asked = id));
    const askNear = (/** @type {string} */ id) => {
      ask(id);
      place("why").scrollIntoView({ block: "nearest" });
    };
    const pin = (/** @type {string} */ id) => this.change((setting) => {
      const there = setting.pinned.includes(id);
      setting.pinned = there ? setting.pinned.filter((each) => each !== id) : [...setting.pinned, id];
    });
    this.controls = new Controls(data, (change) => this.change(change), weigh);
    this.table = new RankingTable(data, { pin, ask: askNear, weigh });
    this.table.most = window.matchMedia("(max-width: 48rem)").matches ? FEW : Infinity;
    place("ranking").append(this.table.box);
    this.why = new Why(data, this.figures, ask);
    this.handIn();
    this.tools();
    const publisher = data.publisher ? `${data.publisher}. ` : "";
    place("about").append(isolated(`${publisher}${data.summary}`));
    place("notes").append(...[...data.notes, `softpower ${data.version}, ${data.run}, ${data.hash.slice(0, 12)}.`].map((note) => make("p", {}, note)));
    window.addEventListener("hashchange", () => location.hash.slice(1) === this.fragment() || this.read());
    this.frame = 0;
    this.calm = 0;
    this.read();
  }

  /** The ranking of a setting. @param {Setting} setting */
  ranking(setting) {
    const patch = patchUnder(this.data, setting);
    return score(setupOf(this.data, patch, this.data.starts[setting.start]), this.figures);
  }

  /** Take the setting that the address carries. */
  read() {
    /** @type {string[]} */
    const doubts = [];
    this.setting = fromFragment(this.data, location.hash, doubts);
    this.doubts = doubts;
    this.update();
    this.settle();
  }

  /** Change the setting, and show it with the next frame. @param {(setting: Setting) => void} how */
  change(how) {
    how(this.setting);
    if (this.now) holdWeights(this.data, this.setting, this.now);
    this.doubts = [];
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.update();
      window.clearTimeout(this.calm);
      this.calm = window.setTimeout(() => this.settle(), 250);
    });
  }

  /** Compute the ranking and show it. */
  update() {
    const { data, setting } = this;
    const trouble = place("trouble");
    let refusal = this.doubts.join(" ");
    try {
      this.now = this.ranking(setting);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = `This cannot be scored here. ${error.message}`;
      this.now = null;
    }
    this.table.box.classList.toggle("stale", !this.now);
    trouble.hidden = !refusal;
    write(trouble, isolated(refusal));
    this.controls.show(setting, this.now);
    if (!this.now) return;
    this.table.show(this.now, this.then, setting, { tiers: this.isStart(), decimals: data.decimals });
    this.more.hidden = this.table.most === Infinity;
  }

  /** Whether what is shown is what a reader starts from, of which alone the tiers are known. */
  isStart() {
    return this.setting.start === 0 && isUntouched(this.data, this.setting);
  }

  /** Show what takes longer, or is to be read aloud, once a reader pauses. */
  settle() {
    const { data, setting, now } = this;
    window.clearTimeout(this.calm);
    this.calm = 0;
    const fragment = this.fragment();
    if (location.hash.slice(1) !== fragment) history.replaceState(null, "", `#${fragment}`);
    write(this.line, asLine(wordsOf(data, setting)));
    write(place("status"), now ? isolated(this.summary(now)) : "");
    this.table.look();
    if (!now) return;
    place("bump").replaceChildren(...bumpChart(data, this.then, now, setting));
    this.why.show(this.first, setting);
  }

  /** What has changed, in a sentence or two. @param {Ranking} now */
  summary(now) {
    const before = new Map(this.then.rows.map((row, i) => [row, this.then.ranks[i]]));
    const moves = now.rows.flatMap((row, i) => {
      const places = (before.get(row) ?? NaN) - now.ranks[i];
      return places ? [{ name: this.data.units[row].name, places }] : [];
    });
    const ranked = now.ranks.filter((rank) => rank === rank).length;
    const first = now.rows.filter((_, i) => now.ranks[i] === 1).map((row) => this.data.units[row].name);
    const lead = first.length ? `First: ${first.join(" and ")}. ` : "";
    const tier = this.data.tiers && !this.isStart() ? " Tiers hold for the start alone, and are not shown." : "";
    if (!moves.length) return `${lead}${ranked} are ranked; none has moved.${tier}`;
    const most = moves.reduce((a, b) => (Math.abs(b.places) > Math.abs(a.places) ? b : a));
    return `${lead}${moves.length} of ${ranked} have moved; ${most.name} most, ${most.places > 0 ? "up" : "down"} ${Math.abs(most.places)}.${tier}`;
  }

  fragment() {
    return asFragment(this.data, this.setting);
  }

  /** The filter above the ranking, and the button that goes back to the start. */
  tools() {
    const search = make("input", { type: "search", id: "filter", placeholder: "Find by name", "aria-label": "Find by name", oninput: () => {
      this.table.filter = search.value.trim().toLowerCase();
      this.change(() => {});
    } });
    const pinned = make("input", { type: "checkbox", onchange: () => {
      this.table.onlyPinned = pinned.checked;
      this.change(() => {});
    } });
    const reset = make("button", { type: "button", onclick: () => this.change((setting) =>
      Object.assign(setting, settingOf(this.data, 0), { pinned: setting.pinned, asked: setting.asked })
    ) }, "Back to the start");
    this.more = make("button", { type: "button", onclick: () => {
      this.table.most = Infinity;
      this.change(() => {});
    } }, "Show all");
    place("more").append(this.more);
    place("tools").append(search, make("label", {}, pinned, "Pinned only"), reset);
  }

  /** The command and the address that carry the setting. */
  handIn() {
    this.line = make("code");
    const command = copying("Copy command", () => asLine(wordsOf(this.data, this.setting)));
    const link = copying("Copy link", () => `${location.href.split("#")[0]}#${this.fragment()}`);
    const { typed } = this.data;
    const says = typed
      ? "The command gives these scores to the last digit."
      : "The index was made from a data frame, so that no command finds it.";
    place("hand-in").append(
      make("h2", {}, "Hand it in"),
      ...(typed ? [make("pre", { tabindex: 0, "aria-label": "The command that gives these scores" }, this.line)] : []),
      make("div", { class: "buttons" }, ...(typed ? [command] : []), link),
      make("p", { class: "says" }, `${says} The link carries the setting to whoever has this file at the same place.`)
    );
  }
}

/** The page that is open. */
const page = new Page(JSON.parse(/** @type {string} */ (place("data").textContent)));
