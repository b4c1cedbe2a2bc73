//! Settings → what each stage is handed. A stage sees its own table and nothing else.

use crate::block::BlockSettings;
use crate::cluster::ClusterSettings;
use crate::config::{RuleLevel, Settings};
use crate::label::rules::RULES;
use crate::label::{LabelSettings, Rule};
use crate::model::{Method, RuleInForce, Severity};
use crate::normalize::NormalizeSettings;
use crate::read::ReadSettings;

/// For `read`.
pub(super) fn read(settings: &Settings) -> ReadSettings {
    ReadSettings {
        sources: settings.sources.clone(),
        manifest: settings.manifest.clone(),
        stdin_name: settings.stdin_name.clone(),
        fields: settings.read.pairs(),
        hidden: settings.hidden,
        source_of: settings.source_of,
        max_unpacked_bytes: settings.read.max_unpacked_bytes,
        max_document_bytes: usize::try_from(settings.read.max_document_bytes).unwrap_or(usize::MAX),
    }
}

/// For `normalize`.
pub(super) fn normalize(settings: &Settings) -> NormalizeSettings {
    NormalizeSettings::of(&settings.aliases)
}

/// For `block`.
pub(super) fn block(_: &Settings) -> BlockSettings {
    BlockSettings::default()
}

/// For `cluster`.
pub(super) fn cluster(_: &Settings) -> ClusterSettings {
    ClusterSettings::default()
}

/// For the report: what decided its findings.
pub(super) fn method(settings: &Settings) -> Method {
    let in_force = |rule: &&dyn Rule| RuleInForce {
        id: rule.meta().id.to_owned(),
        level: settings.rule_level(rule.meta().id, rule.meta().level),
        summary: rule.meta().summary.to_owned(),
        bearing: rule.meta().bearing.name().to_owned(),
        page: rule.meta().page,
    };
    Method { threshold: settings.compare.threshold, rules: RULES.iter().map(in_force).collect() }
}

/// For `label`.
pub(super) fn label(settings: &Settings) -> LabelSettings {
    let level = |level: RuleLevel| match level {
        RuleLevel::Off => None,
        RuleLevel::Note => Some(Severity::Note),
        RuleLevel::Warning => Some(Severity::Warning),
        RuleLevel::Error => Some(Severity::Error),
    };
    LabelSettings { levels: settings.rules.iter().map(|(rule, given)| (rule.clone(), level(*given))).collect() }
}
