using System.Globalization;
using Microsoft.Extensions.Localization;
using Sigma.Contracts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Says of an alert what people call things.</summary>
public sealed class AlertWords(IStringLocalizer<PartsTexts> texts)
{
    static readonly HashSet<string> Fields =
    [
        "severity", "rule", "source", LabelLimits.Company, LabelLimits.ClientGroup, "account", "kind", "category", "assigned", "trade_name",
        "account_code", "cuc", "code", "provider", "zone", "partition",
    ];

    static readonly HashSet<string> Kinds = [RuleKind.Count, RuleKind.Threshold, RuleKind.Absence, RuleKind.External];

    static readonly HashSet<string> Reasons =
    [
        "volume-normal", "value-normal", "heard-again", "resolved", "expired", "no-data", "rule-removed", "rule-changed", "closed",
    ];

    /// <summary>What it is about, in a few words: the account by its name, what it says of itself, else its labels.</summary>
    public string Title(AlertView alert) => alert.TradeName ?? (alert.Summary is { Length: > 0 } summary ? summary
        : alert.Labels.Count == 0 ? alert.Rule
        : alert.Labels.TryGetValue("account", out var account) ? $"{Field("account")} {account}" : LabelsOf(alert, withAccount: true));

    /// <summary>The rest: the account's code and the other labels.</summary>
    public string Detail(AlertView alert)
    {
        if (alert.TradeName is null)
            return alert.Summary is { Length: > 0 } ? LabelsOf(alert, withAccount: true)
                : alert.Labels.ContainsKey("account") ? LabelsOf(alert, withAccount: false) : "";
        var code = alert.AccountCode ?? alert.Labels.GetValueOrDefault("account");
        var rest = LabelsOf(alert, withAccount: false);
        return code is null ? rest : rest.Length == 0 ? code : $"{code} · {rest}";
    }

    /// <summary>In one sentence what is wrong.</summary>
    public string Sentence(AlertView alert)
    {
        if (alert.Summary is { Length: > 0 } summary)
            return alert.TradeName is { } name ? $"{name}: {summary}" : summary;
        if (alert.Value is null || alert.Kind is not (RuleKind.Count or RuleKind.Threshold or RuleKind.Absence))
            return texts["SentenceOther", Title(alert), alert.Rule];
        var key = $"Sentence{Capital(alert.Kind)}";
        return texts[key, Title(alert), Measure(alert.Value, alert.Unit), Measure(alert.Limit, alert.Unit)];
    }

    /// <summary>What is measured, with its unit; seconds as a duration.</summary>
    public string Measure(double? value, string? unit)
    {
        if (value is not { } measured)
            return "";
        return unit switch
        {
            "s" when measured is >= 0 and < 1e9 => PageTime.Span(TimeSpan.FromSeconds(measured)),
            "events" => $"{Number(measured)} {texts["UnitEvents"]}",
            null or "" => Number(measured),
            _ => $"{Number(measured)} {unit}",
        };
    }

    /// <summary>Now and the limit, shortly: 23 / 20.</summary>
    public string NowOfLimit(AlertView alert)
    {
        if (alert.Value is null)
            return "";
        var now = alert.Unit == "events" ? Number(alert.Value.Value) : Measure(alert.Value, alert.Unit);
        return alert.Limit is null ? now : $"{now} / {(alert.Unit == "events" ? Number(alert.Limit.Value) : Measure(alert.Limit, alert.Unit))}";
    }

    /// <summary>What a field or label is called.</summary>
    public string Field(string name) => Fields.Contains(name) ? texts[$"Field_{name}"] : name;

    /// <summary>What a value of a field is called.</summary>
    public string Value(string field, string value, string title) => (field, value) switch
    {
        ("assigned", "") => texts["Nobody"],
        (_, "") => texts["NoValue"],
        ("severity", _) => SeverityText.Of(value, texts),
        ("kind", _) => Kind(value),
        _ => title,
    };

    /// <summary>A kind of rule.</summary>
    public string Kind(string kind) => Kinds.Contains(kind) ? texts[$"Kind_{kind}"] : kind;

    /// <summary>Why an alert was cleared.</summary>
    public string Reason(string? reason) => reason is null ? "" : Reasons.Contains(reason) ? texts[$"Reason_{reason}"] : reason;

    /// <summary>A number as people of the language write it.</summary>
    public static string Number(double value) => value.ToString("#,0.###", CultureInfo.CurrentCulture);

    string LabelsOf(AlertView alert, bool withAccount) => string.Join(" · ", alert.Labels
        .Where(label => withAccount || label.Key != "account").OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{Field(label.Key)} {label.Value}"));

    static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";
}
