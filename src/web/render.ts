import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type Handlebars from 'handlebars';
import { later } from '../kit/later.ts';
import { registerHelpers } from './helpers.ts';
import { codeOf } from './view-code.ts';

const runtime = later<typeof import('handlebars')>('handlebars/runtime');

export interface Tab { readonly label: string; readonly href: string; readonly current?: boolean; readonly count?: number; readonly icon?: string }
export interface Way { readonly label: string; readonly href: string }
/** What happened, said once at the top of the next page; `undo` posts to take it back. */
export interface Said { readonly kind: 'done' | 'care' | 'sky' | 'stone'; readonly words: string; readonly way?: Way; readonly undo?: { readonly label: string; readonly action: string } }

/** What every layout and part may ask of the root of a model: pages and regions alike carry it as `frame`. */
export interface Frame {
  readonly title: string;
  /** 大字: a cookie the server turns into a class on `html`. */
  readonly large: boolean;
  /** The other state of the same page: where the 大字 link goes. */
  readonly largeHref: string;
  readonly tabs: readonly Tab[];
  readonly person?: { readonly name: string; readonly post?: string; readonly href?: string };
  readonly place?: string;
  readonly csrf?: string;
  readonly notice?: Said;
  readonly help?: Way;
  /** Signed-out pages: who runs the office, printed at the foot. */
  readonly office?: string;
}

export interface Views {
  /** Every view by its path in the folder, without `.hbs`: also its name as a partial. */
  readonly names: readonly string[];
  /** Renders a page or region. A field that the view prints and the model lacks throws: a hole is a bug, not a blank. */
  render(name: string, model: object): string;
  /** Compiles what has not been asked for yet: how the test knows that every view compiles. */
  compileAll(): void;
}

/**
 * Reads all views once; each becomes code at its first use, which keeps the start quick. Syntax is proved by test.
 * `kept`: the folder that keeps the code from one start to the next.
 */
export function loadViews(folder: string, assets: { url(name: string): string }, kept?: string): Views {
  const environment = runtime().create();
  registerHelpers(environment, assets.url);
  const views = new Map<string, View>();
  for (const [name, source] of sources(folder)) views.set(name, openView(() => environment.template(codeOf(name, source, kept, runtime().VERSION))));
  environment.registerPartial(Object.fromEntries([...views].map(([name, view]) => [name, view.render])));
  return {
    names: [...views.keys()],
    render(name, model) {
      const view = views.get(name);
      if (view === undefined) throw new Error(`no view is called ${name}`);
      try {
        return view.render(model);
      } catch (error) {
        throw new Error(`view ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    },
    compileAll() {
      for (const [name, view] of views) {
        try {
          view.compile();
        } catch (error) {
          throw new Error(`view ${name} does not compile`, { cause: error });
        }
      }
    },
  };
}

/** A view as Handlebars takes it for a partial, that becomes code when it is first asked for. */
interface View { compile(): Handlebars.TemplateDelegate; readonly render: Handlebars.TemplateDelegate }

function openView(make: () => Handlebars.TemplateDelegate): View {
  let made: Handlebars.TemplateDelegate | undefined;
  const compile = (): Handlebars.TemplateDelegate => made ??= make();
  return { compile, render: (context, options) => compile()(context, options) };
}

function sources(folder: string): [string, string][] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile() && file.name.endsWith('.hbs'));
  return files.map((file): [string, string] => {
    const path = join(file.parentPath, file.name);
    return [relative(folder, path).split(sep).join('/').slice(0, -'.hbs'.length), readFileSync(path, 'utf8')];
  }).sort(([one], [other]) => one < other ? -1 : 1);
}
