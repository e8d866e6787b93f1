// A prompt. What is typed stays in this browser until it is answered, whatever happens to the line.
export default {
  template: `
    <form class="prompt" @submit.prevent="send" :aria-labelledby="'ask-' + ask.number">
      <p class="why" role="alert" v-if="why">{{ why }}</p>
      <h2 :id="'ask-' + ask.number">{{ ask.text }}</h2>
      <p class="dim" v-if="ask.late">{{ ask.late }}</p>
      <template v-if="!ask.allowed"><p class="dim">{{ words.not_yours }}</p></template>
      <template v-else>
        <fieldset v-if="ask.options.length">
          <legend class="dim">{{ words.choose }}</legend>
          <label class="option" v-for="one in ask.options" :key="one.value">
            <input type="radio" :name="'option-' + ask.number" :value="one.value" v-model="value"> {{ one.text }}
          </label>
        </fieldset>
        <div class="line" v-else-if="ask.kind === 'file'">
          <label class="field"><span>{{ ask.hint }}</span>
            <input ref="field" type="file" :accept="ask.photo ? 'image/*' : undefined" @change="hand_in"></label>
          <span role="status">{{ progress }}</span>
        </div>
        <img v-if="picture" :src="picture" :alt="words.picture">
        <div class="line" v-if="ask.second && value === 'yes'">
          <label class="field"><span>{{ words.second }}</span><input type="text" v-model="second" autocomplete="off"></label>
          <label class="field"><span>{{ words.password }}</span><input type="password" v-model="password" autocomplete="off"></label>
        </div>
        <div class="line">
          <template v-if="typed">
            <label class="field"><span>{{ ask.hint }}</span>
              <input ref="field" type="text" v-model="value" :inputmode="ask.kind === 'number' ? 'decimal' : 'text'"
                autocomplete="off" autocapitalize="none" spellcheck="false"></label>
            <span class="unit" v-if="ask.unit">{{ ask.unit }}</span>
          </template>
          <button class="button main" type="submit" :disabled="sending || !ready">{{ words.answer }}</button>
        </div>
      </template>
    </form>`,
  props: { ask: Object, words: Object },
  emits: ["answer"],
  data() {
    return { value: "", second: "", password: "", why: this.ask.refused, sending: false, progress: "", picture: "" };
  },
  computed: {
    typed() { return !this.ask.options.length && this.ask.kind !== "file"; },
    ready() { return this.ask.kind !== "file" || this.value; },
    key() { return "labctl draft " + this.ask.key; },
  },
  watch: {
    value() { this.keep(); },
    second() { this.keep(); },
  },
  mounted() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "{}");
      this.value = kept.value || "";
      this.second = kept.second || "";
    } catch { localStorage.removeItem(this.key); }
    const taken = document.activeElement && document.activeElement !== document.body;
    if (!taken && this.$refs.field) this.$refs.field.focus();
    // A barcode scanner types wherever the focus is: nowhere means here.
    this.wedge = (event) => {
      if (document.activeElement === document.body && event.key.length === 1 && !event.ctrlKey && this.$refs.field)
        this.$refs.field.focus();
    };
    if (this.ask.kind === "barcode") document.addEventListener("keydown", this.wedge);
  },
  unmounted() {
    document.removeEventListener("keydown", this.wedge);
  },
  methods: {
    keep() {
      localStorage.setItem(this.key, JSON.stringify({ value: this.value, second: this.second }));
    },
    send() {
      this.why = "";
      this.sending = true;
      this.$emit("answer", { value: this.value, second: this.second, password: this.password });
    },
    refuse(why) {
      this.why = why;
      this.sending = false;
      this.password = "";
      this.$refs.field?.focus();
    },
    taken() { localStorage.removeItem(this.key); },
    async hand_in(event) {
      const file = event.target.files[0];
      if (!file) return;
      this.progress = this.words.sending;
      try {
        const answer = await fetch(this.ask.files + "?name=" + encodeURIComponent(file.name), {
          method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
        });
        if (!answer.ok) throw new Error(String(answer.status));
        this.value = (await answer.json()).file;
        this.progress = this.words.sent;
        if (file.type.startsWith("image/")) this.picture = URL.createObjectURL(file);
      } catch (error) {
        this.progress = this.words.not_sent + " (" + error.message + ")";
      }
    },
  },
};
