import { members } from './members.ts';

/** How loudly a finding is shown; `off` hides it. */
export type RuleLevel = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** The part of the settings the language server reads: section `stepwise`, per resource. */
export interface Settings {
  readonly validate: {
    readonly enable: boolean;
    /** By the code of the rule (`flow/unreachable-state`) or its group (`flow`). */
    readonly rules: Readonly<Record<string, RuleLevel>>;
  };
  readonly format: { readonly enable: boolean };
  readonly codeLens: { readonly references: boolean; readonly run: boolean };
  readonly inlayHints: {
    readonly variables: boolean;
    readonly transitions: boolean;
    readonly substitutions: boolean;
  };
}

/** What holds where nothing is set; package.json says the same, and a test compares them. */
export const defaultSettings: Settings = {
  validate: { enable: true, rules: {} },
  format: { enable: true },
  codeLens: { references: false, run: true },
  inlayHints: { variables: true, transitions: false, substitutions: true },
};

/** Reads what the editor answered; whatever is missing or of the wrong kind is as if it were not set. */
export function readSettings(value: unknown): Settings {
  const { validate, format, codeLens, inlayHints } = defaultSettings;
  const section = members(value);
  const validateSection = members(section['validate']);
  const codeLensSection = members(section['codeLens']);
  const inlaySection = members(section['inlayHints']);
  return {
    validate: {
      enable: flag(validateSection['enable'], validate.enable),
      rules: readRules(validateSection['rules']),
    },
    format: { enable: flag(members(section['format'])['enable'], format.enable) },
    codeLens: {
      references: flag(codeLensSection['references'], codeLens.references),
      run: flag(codeLensSection['run'], codeLens.run),
    },
    inlayHints: {
      variables: flag(inlaySection['variables'], inlayHints.variables),
      transitions: flag(inlaySection['transitions'], inlayHints.transitions),
      substitutions: flag(inlaySection['substitutions'], inlayHints.substitutions),
    },
  };
}

function readRules(value: unknown): Readonly<Record<string, RuleLevel>> {
  return Object.fromEntries(
    Object.entries(members(value)).filter((entry): entry is [string, RuleLevel] => isRuleLevel(entry[1])),
  );
}

function isRuleLevel(value: unknown): value is RuleLevel {
  return (
    value === 'error' || value === 'warning' || value === 'information' || value === 'hint' || value === 'off'
  );
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}
