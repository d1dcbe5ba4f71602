import type { Flow, SavedFlow } from "../../shared/protocol/flow.ts";
import { type FlowRecipe, fillRecipe, listBlanks } from "../../shared/protocol/flow-recipes.ts";
import type { Issue } from "../../shared/protocol/problem.ts";
import type { RevintError } from "../client/error.ts";
import { type Action, act, IDLE } from "../ui/action.ts";
import { getIssues } from "../ui/issues.ts";
import { saveBlob } from "../ui/save-blob.ts";
import { createStore } from "../ui/store.ts";
import { flows as sentences, automations as words } from "../words/en.ts";
import type { Drafts, RecipeDraft } from "./drafts.ts";
import { blankOf, findRecipe } from "./find-recipe.ts";
import { createFlowId } from "./flow-id.ts";
import type { FlowService, WrittenFlow } from "./flow-service.ts";
import { type PlacedIssue, placeIssue, printFlows, readFlowText, toNewFlow } from "./flow-text.ts";
import { LookAgain } from "./look-again.ts";
import { nameFlowProblem } from "./name-flow-problem.ts";
import { RunList } from "./run-list.ts";

/** What is looked at: the list, or one thing in front of it. */
export type Screen =
  | { readonly is: "list" }
  /** @param draft under which it is kept until it is saved */
  | (RecipeDraft & { readonly is: "recipe"; readonly recipe: FlowRecipe; readonly draft: string })
  /** Left out, `flow` is still to be written. */
  | { readonly is: "json"; readonly flow?: Flow }
  | { readonly is: "runs"; readonly flow: Flow; readonly runs: RunList }
  | { readonly is: "secrets"; readonly saved: readonly SavedFlow[] };

interface FlowsView extends Action {
  /** `undefined`: not read yet. */
  readonly flows: readonly Flow[] | undefined;
  readonly screen: Screen;
  /** What is wrong in a recipe, by the name of the blank. */
  readonly wrong: ReadonlyMap<string, string>;
  /** What is wrong in a text, place by place. */
  readonly issues: readonly PlacedIssue[];
}

/** Something that is asked of the room. */
export interface NamedActivity {
  readonly id: string;
  readonly prompt: string;
}

interface FlowListOptions {
  readonly service: FlowService;
  /** Whoever may not change anything reads the list. */
  readonly canChange: boolean;
  readonly drafts: Drafts;
  /** What there is to be asked, now. */
  listActivities(): readonly NamedActivity[];
}

const NONE: Pick<FlowsView, "wrong" | "issues"> = { wrong: new Map(), issues: [] };
const LIST: Screen = { is: "list" };

/** The flows of a session, or of a talk, as its hosts see and change them. */
export class FlowList {
  readonly view = createStore<FlowsView>({ ...IDLE, ...NONE, flows: undefined, screen: LIST });
  readonly canChange: boolean;
  readonly drafts: Drafts;
  readonly #service: FlowService;
  readonly #listActivities: FlowListOptions["listActivities"];
  #looking: LookAgain | undefined;
  #stopHints: (() => void) | undefined;

  constructor({ service, canChange, drafts, listActivities }: FlowListOptions) {
    this.#service = service;
    this.canChange = canChange;
    this.drafts = drafts;
    this.#listActivities = listActivities;
  }

  /** Whether they do anything yet. */
  get isLive(): boolean {
    return this.#service.runs !== undefined;
  }

  /** Whether it can be looked at what they have done. */
  get hasRuns(): boolean {
    return this.isLive && this.canChange;
  }

  get activities(): readonly NamedActivity[] {
    return this.#listActivities();
  }

  /** In quotes, for sentences. */
  nameActivity(id: string): string {
    return `“${this.activities.find((activity) => activity.id === id)?.prompt ?? id}”`;
  }

  /** Somebody looks: reads it, and again when something happens. */
  open(): void {
    this.close();
    this.view.set({ flows: undefined, ...NONE });
    const looking = new LookAgain(() => this.#look());
    this.#looking = looking;
    this.#stopHints = this.#service.runs?.onHint(() => looking.hint());
    void this.read();
  }

  /** What was told once is gone with it. */
  close(): void {
    this.#stopHints?.();
    this.#looking?.stop();
    this.#looking = undefined;
    this.show(LIST);
  }

  read(): Promise<void> {
    return act(
      this.view,
      () => words.problems.notRead,
      async () => this.view.set({ flows: await this.#service.list() }),
    );
  }

  /** Looks at something else. */
  show(screen: Screen): void {
    this.#leave();
    this.view.set({ screen, problem: undefined, notice: undefined, ...NONE });
  }

  showList(): void {
    this.show(LIST);
    this.#looking?.hint();
  }

  showRecipe(recipe: FlowRecipe): void {
    const texts = new Map(listBlanks(recipe).map(({ name, initial }) => [name, initial]));
    // No flow's id has a space in it.
    this.#showRecipe(recipe, `new ${recipe}`, {
      id: createFlowId(),
      name: sentences.recipes[recipe].name,
      texts,
    });
  }

  showRuns(flow: Flow): void {
    const { runs: service } = this.#service;
    if (!service) return;
    const runs = new RunList(service, flow.id);
    this.show({ is: "runs", flow, runs });
    runs.open();
  }

  /** By its recipe, where one makes it; else as it is written. */
  change(flow: Flow): void {
    const filled = findRecipe(flow);
    if (!filled) this.show({ is: "json", flow });
    else this.#showRecipe(filled.recipe, flow.id, { id: flow.id, name: flow.name, texts: filled.texts });
  }

  /** What stands in a recipe's blanks is there again when somebody comes back to it. */
  keepRecipe(name: string, texts: ReadonlyMap<string, string>): void {
    const { screen } = this.view.get();
    if (screen.is === "recipe") this.drafts.recipes.set(screen.draft, { id: screen.id, name, texts });
  }

  /** Saves what stands in a recipe's blanks. */
  async saveRecipe(name: string, texts: ReadonlyMap<string, string>): Promise<void> {
    const { screen, flows = [] } = this.view.get();
    if (screen.is !== "recipe") return;
    const { id, recipe } = screen;
    const filled = fillRecipe(recipe, name, texts);
    const wrong = new Map<string, string>(name === "" ? [["name", words.noName]] : []);
    if ("wrong" in filled) {
      for (const blank of listBlanks(recipe)) {
        if (filled.wrong.includes(blank.name)) wrong.set(blank.name, words.blanks[blank.kind].problem);
      }
    }
    this.view.set({ wrong, problem: undefined });
    if (wrong.size > 0 || "wrong" in filled) return;
    const before = flows.find((flow) => flow.id === id);
    // What a host has switched off stays so; what was switched off because it failed is mended now.
    const enabled = !before || before.enabled || before.offBecause !== undefined;
    const write = async () => [await this.#service.save(id, { ...filled.flow, enabled })];
    await this.#save(
      write,
      () => words.saved(name),
      (issues) => this.#pointAtBlanks(issues),
    );
    if (this.view.get().screen !== screen) this.drafts.recipes.delete(screen.draft);
  }

  /** Saves what somebody has written or brought along: all of it, or nothing. */
  async saveText(text: string): Promise<void> {
    const { screen } = this.view.get();
    if (screen.is !== "json") return;
    const read = readFlowText(text);
    const problem = "problem" in read ? read.problem : undefined;
    this.view.set({ issues: [], problem });
    if ("problem" in read) return;
    if (screen.flow) await this.#replace(screen.flow, read.flows);
    else await this.#import(read.flows);
    if (this.view.get().screen !== screen) this.drafts.texts.delete(screen.flow?.id);
  }

  /** Those that come from elsewhere are there, too. @param fetch resolves with all there are then */
  bring(fetch: () => Promise<readonly Flow[]>, notice: string): Promise<void> {
    return this.#act(async () => this.view.set({ flows: await fetch(), notice }));
  }

  toggle(flow: Flow): Promise<void> {
    return this.#act(async () => {
      const enabled = !flow.enabled;
      this.#adopt([await this.#service.save(flow.id, { ...toNewFlow(flow), enabled })]);
      this.view.set({ notice: enabled ? words.isOn(flow.name) : words.isOff(flow.name) });
    });
  }

  /** @returns whether it is gone */
  async remove({ id, name }: Flow): Promise<boolean> {
    await this.#act(async () => {
      await this.#service.remove(id);
      this.#drop(id);
      this.view.set({ notice: words.removed(name) });
    });
    return !this.view.get().flows?.some((flow) => flow.id === id);
  }

  /** Written once more under another id, with secrets of its own; then the old one goes. */
  renew(flow: Flow): Promise<void> {
    return this.#act(async () => {
      const saved = await this.#service.save(createFlowId(), toNewFlow(flow));
      this.#adopt([saved]);
      this.#leave();
      this.view.set({ screen: { is: "secrets", saved: [saved] } });
      await this.#service.remove(flow.id);
      this.#drop(flow.id);
    });
  }

  /** As a file, without anything that is secret but the addresses of webhooks. */
  export(flows: readonly Flow[], name: string): void {
    saveBlob(new Blob([printFlows(flows)], { type: "application/json" }), `${name}.json`);
  }

  async #replace({ id }: Flow, [written, ...others]: readonly WrittenFlow[]): Promise<void> {
    if (!written || others.length > 0) return this.view.set({ problem: words.json.notOne });
    await this.#save(
      async () => [await this.#service.save(id, written.flow)],
      (saved) => words.saved(saved[0]?.flow.name ?? ""),
      (issues) => this.#pointAtPlaces(issues, []),
    );
  }

  #import(written: readonly WrittenFlow[]): Promise<void> {
    return this.#save(
      () => this.#service.saveAll(written),
      (saved) => words.imported(saved.length),
      (issues) => this.#pointAtPlaces(issues, written),
    );
  }

  async #look(): Promise<undefined> {
    const { flows, screen, isBusy } = this.view.get();
    if (isBusy || screen.is !== "list") return;
    const read = await this.#service.list();
    // What was changed meanwhile is newer.
    if (this.view.get().flows === flows && !this.view.get().isBusy) this.view.set({ flows: read });
  }

  /** @param point shows where something is wrong, and returns what it knows no place for */
  async #save(
    write: () => Promise<readonly SavedFlow[]>,
    tell: (saved: readonly SavedFlow[]) => string,
    point: (issues: readonly Issue[]) => readonly Issue[],
  ): Promise<void> {
    const known = new Set(this.view.get().flows?.map(({ id }) => id));
    const isToKeep = (saved: SavedFlow) =>
      tellsSecret(saved) || (!known.has(saved.flow.id) && hasSecret(saved.flow));
    await this.#act(
      async () => {
        const saved = await write();
        this.#adopt(saved);
        const toKeep = saved.filter(isToKeep);
        const screen: Screen = toKeep.length > 0 ? { is: "secrets", saved: toKeep } : LIST;
        this.view.set({ screen, notice: tell(saved), ...NONE });
      },
      (error) => nameFlowProblem(error, point(getIssues(error) ?? [])),
    );
  }

  #pointAtPlaces(issues: readonly Issue[], written: readonly WrittenFlow[]): readonly Issue[] {
    this.view.set({ issues: issues.map((issue) => placeIssue(issue, written)) });
    return [];
  }

  #pointAtBlanks(issues: readonly Issue[]): readonly Issue[] {
    const placed = issues.flatMap(({ path, message }) => {
      const blank = blankOf(path);
      return blank === undefined ? [] : [[blank, message] as const];
    });
    this.view.set({ wrong: new Map(placed) });
    return issues.filter(({ path }) => blankOf(path) === undefined);
  }

  #adopt(saved: readonly SavedFlow[]): void {
    const { flows = [] } = this.view.get();
    const news = new Map(saved.map(({ flow }) => [flow.id, flow]));
    const known = flows.map((flow) => news.get(flow.id) ?? flow);
    for (const { id } of flows) news.delete(id);
    this.view.set({ flows: [...known, ...news.values()] });
  }

  #drop(id: string): void {
    this.view.set({ flows: this.view.get().flows?.filter((flow) => flow.id !== id) });
  }

  #showRecipe(recipe: FlowRecipe, draft: string, initial: RecipeDraft): void {
    this.show({ is: "recipe", recipe, draft, ...(this.drafts.recipes.get(draft) ?? initial) });
  }

  #leave(): void {
    const { screen } = this.view.get();
    if (screen.is === "runs") screen.runs.close();
  }

  #act(
    does: () => Promise<void>,
    nameProblem = (error: RevintError) => nameFlowProblem(error),
  ): Promise<void> {
    return act(
      this.view,
      async (error) => {
        // What is there no longer is shown no longer.
        if (error.code === "flow_not_found") {
          const flows = await this.#service.list().catch(() => undefined);
          if (flows) this.view.set({ flows });
        }
        return nameProblem(error);
      },
      does,
    );
  }
}

const tellsSecret = ({ hookUrl, signingSecret }: SavedFlow): boolean =>
  hookUrl !== undefined || signingSecret !== undefined;

/** Whether something of it was told once: a hook's address, or what its webhooks are signed with. */
export const hasSecret = ({ on, do: actions }: Pick<Flow, "on" | "do">): boolean =>
  on.event === "http" || actions.some((action) => action.do === "webhook");
