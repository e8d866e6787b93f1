// A plot of a run: one strip a unit, one axis of time. The server sends no more than can be seen.
import { echarts } from "nicegui-echart";

const COLOURS = ["#0a5c8f", "#b3500b", "#116329", "#7b3fa0", "#a40e26", "#5c6670", "#00767a", "#8a6d00"];
const SYMBOLS = ["circle", "triangle", "rect", "diamond"];

const clock = (seconds) => {
  const sign = seconds < 0 ? "−" : "";
  const s = Math.abs(seconds);
  const h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60);
  const rest = s % 60;
  const tail = Number.isInteger(rest) ? String(rest).padStart(2, "0") : rest.toFixed(2).padStart(5, "0");
  return `${sign}${h}:${String(m).padStart(2, "0")}:${tail}`;
};
const figure = (value) => (value === null ? "–" : String(Number(value.toPrecision(6))).replace("-", "−"));

export default {
  template: `<div class="plot" role="img" :aria-label="label"></div>`,
  props: { label: String, words: Object },
  emits: ["zoom"],
  async mounted() {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.series = new Map();
    this.chart = echarts.init(this.$el, null, { renderer: "canvas" });
    this.chart.on("datazoom", () => this.zoomed());
    this.resizing = new ResizeObserver(() => this.chart.resize());
    this.resizing.observe(this.$el);
    if (this.early) this.reset(this.early);
  },
  beforeUnmount() {
    this.resizing?.disconnect();
    clearTimeout(this.waiting);
    this.chart?.dispose();
  },
  methods: {
    // All that is to be seen: series, the whole span of the item, and the window in it.
    reset(sent) {
      if (!this.chart) {
        this.early = sent;
        return;
      }
      this.series = new Map(sent.series.map((one) => [one.key, { ...one, points: this.points(one) }]));
      this.span = sent.span;
      this.window = sent.window;
      this.draw(true);
      if (this.asked) {
        window.labctlZoom = performance.now() - this.asked;
        this.asked = 0;
      }
    },
    // What is new, behind what is there.
    push(sent) {
      if (!this.series?.size) return;
      for (const one of sent.series) {
        const known = this.series.get(one.key);
        if (known) known.points.push(...this.points(one));
      }
      this.span = sent.span;
      this.window = sent.window;
      this.draw(false);
    },
    points(one) {
      return one.t.map((t, at) => [t, one.v[at]]);
    },
    draw(anew) {
      const all = [...this.series.values()];
      const units = [...new Set(all.map((one) => one.unit))];
      const axes = units.map((unit, at) => at);
      if (anew) {
        const height = 130, gap = 34;
        const tall = Math.max(1, units.length);
        this.$el.style.height = Math.max(330, tall * (height + gap) + 96) + "px";
        this.chart.resize();
        const room = (this.$el.clientHeight - 96) / tall;
        this.chart.setOption({
          animation: false,
          color: COLOURS,
          grid: axes.map((at) => ({ left: 74, right: 18, top: 26 + at * room, height: room - gap })),
          xAxis: axes.map((at) => ({
            type: "value", gridIndex: at, min: this.span[0], max: this.span[1],
            axisLabel: { show: at === axes.length - 1, formatter: clock, hideOverlap: true, color: "#57606a" },
            axisPointer: { show: true, label: { formatter: (p) => clock(p.value) } },
            splitLine: { lineStyle: { color: "#eceff2" } },
          })),
          yAxis: axes.map((at) => ({
            type: "value", gridIndex: at, scale: true, name: units[at] || "1", nameLocation: "end", nameGap: 6,
            nameTextStyle: { align: "right", color: "#1b1f24", fontWeight: 600 },
            axisLabel: { formatter: figure, color: "#57606a" }, splitLine: { lineStyle: { color: "#eceff2" } },
          })),
          axisPointer: { link: [{ xAxisIndex: "all" }] },
          legend: { type: "scroll", top: 0, left: 90, icon: "roundRect", textStyle: { color: "#1b1f24" }, data: all.map((one) => one.name) },
          tooltip: {
            trigger: "axis", confine: true,
            formatter: (found) => found.length
              ? clock(found[0].value[0]) + "<br>" + found.map((f) => `${f.marker}${echarts.format.encodeHTML(f.seriesName)}: ${figure(f.value[1])} ${echarts.format.encodeHTML(this.series.get(f.seriesId)?.unit ?? "")}`).join("<br>")
              : "",
          },
          dataZoom: [
            { type: "inside", xAxisIndex: axes, filterMode: "none", startValue: this.window[0], endValue: this.window[1] },
            { type: "slider", xAxisIndex: axes, filterMode: "none", height: 22, bottom: 8, showDataShadow: false, labelFormatter: clock, startValue: this.window[0], endValue: this.window[1] },
          ],
          series: all.map((one, index) => this.line(one, units.indexOf(one.unit), index)),
        }, { notMerge: true });
        return;
      }
      this.chart.setOption({
        xAxis: axes.map(() => ({ min: this.span[0], max: this.span[1] })),
        dataZoom: [0, 1].map(() => ({ startValue: this.window[0], endValue: this.window[1] })),
        series: all.map((one) => ({ id: one.key, data: one.points, showSymbol: one.points.length < 60 })),
      });
    },
    line(one, at, index) {
      return {
        id: one.key, name: one.name, type: "line", xAxisIndex: at, yAxisIndex: at, data: one.points,
        showSymbol: one.points.length < 60, symbol: SYMBOLS[index % SYMBOLS.length], symbolSize: 5,
        lineStyle: { width: 1.4, type: ["solid", "dashed", "dotted"][Math.floor(index / COLOURS.length) % 3] },
      };
    },
    zoomed() {
      const zoom = this.chart.getOption().dataZoom[0];
      const window_ = [zoom.startValue, zoom.endValue];
      this.asked = this.asked || performance.now();
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.$emit("zoom", window_), 30);
    },
  },
};
